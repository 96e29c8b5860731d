"""What a page shows, as a NumPy and as a PyTorch script that compute it again.

Each kind of thing shown is a small class; `Code` says what it must have. Its scripts are templates in the folder
beside this package, and `numpy_script`, `torch_script` and `code_files` fill those of any kind.
"""

from convviz.export.code.classic_bug import ClassicBug
from convviz.export.code.columns import ColumnsBackwardCode, ColumnsCode
from convviz.export.code.conv import ConvCode
from convviz.export.code.conv_backward import ConvBackwardCode, FullCorrelation
from convviz.export.code.conv_transpose import TransposedBackwardCode, TransposedCode
from convviz.export.code.effective import EffectiveField
from convviz.export.code.equivariance import Equivariance
from convviz.export.code.experiments import Experiments
from convviz.export.code.feature_maps import FeatureMaps
from convviz.export.code.gradient_check import GradientCheck
from convviz.export.code.groups import GroupCosts, PointwiseCode
from convviz.export.code.network import Network
from convviz.export.code.pool import PoolBackwardCode, PoolCode
from convviz.export.code.receptive import ReceptiveField
from convviz.export.code.script import ARRAYS, Code, code_files, numpy_script, torch_script
from convviz.export.code.sharing import Edges, LayerCosts
from convviz.export.code.trained_field import TrainedField
from convviz.export.code.visits import Visits

__all__ = [
    "ARRAYS",
    "ClassicBug",
    "Code",
    "ColumnsBackwardCode",
    "ColumnsCode",
    "ConvBackwardCode",
    "ConvCode",
    "Edges",
    "EffectiveField",
    "Equivariance",
    "Experiments",
    "FeatureMaps",
    "FullCorrelation",
    "GradientCheck",
    "GroupCosts",
    "LayerCosts",
    "Network",
    "PointwiseCode",
    "PoolBackwardCode",
    "PoolCode",
    "ReceptiveField",
    "TrainedField",
    "TransposedBackwardCode",
    "TransposedCode",
    "Visits",
    "code_files",
    "numpy_script",
    "torch_script",
]
