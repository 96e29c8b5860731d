"""Networks, their training, and the data they are trained on. Nothing here imports streamlit."""

from convviz.nets.checkpoint import load_network, save_network
from convviz.nets.data import Dataset, load_cifar10, load_mnist, shapes
from convviz.nets.resume import load_training, save_training
from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.nets.stack import parse_stack, stack_text
from convviz.nets.three_layer import ThreeLayerConvNet, notes_network
from convviz.nets.trainer import Trainer

__all__ = [
    "Dataset",
    "Sequential",
    "Settings",
    "ThreeLayerConvNet",
    "Trainer",
    "load_cifar10",
    "load_mnist",
    "load_network",
    "load_training",
    "notes_network",
    "parse_stack",
    "save_network",
    "save_training",
    "shapes",
    "stack_text",
]
