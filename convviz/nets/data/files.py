"""Files of a data set, from a folder or out of an archive, read into memory and never written anywhere."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from convviz.nets.data.errors import DataError

LARGEST = 200_000_000  # bytes of one file, unpacked; the largest of the known sets has 47 MB
MOST_MEMBERS = 1000


def read_files(path: str | Path, wanted: set[str]) -> dict[str, bytes]:
    """The wanted files below a folder, or in a ``.tar.gz`` archive.

    Parameters
    ----------
    path
        The folder or archive.
    wanted
        File names without folders. A ``.gz`` of the same name counts, and is unpacked.

    Returns
    -------
    dict
        Contents by name, as many of the wanted as there are. Links and special files are passed over, and a
        name is only compared, never used as a path: an archive cannot make convviz write or read elsewhere.

    Raises
    ------
    DataError
        If there is nothing at `path`, or it is not a folder or archive, or is damaged.
    """
    path = Path(path).expanduser()
    if path.is_dir():
        found = _in_folder(path, wanted)
    elif path.is_file():
        found = _in_archive(path, wanted)
    else:
        raise DataError(path, "there is no {value}", "give a folder or an archive")
    files: dict[str, bytes] = {}
    for name, data in found:
        if name in files:
            raise DataError(path, "{value} holds {name} twice", "keep one of them", name=name)
        files[name] = data
    return files


def _in_folder(folder: Path, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    """Files of the folder itself and of the folders in it."""
    for file in sorted([*folder.glob("*"), *folder.glob("*/*")]):
        name = file.name.removesuffix(".gz")
        if name not in wanted or not file.is_file():
            continue
        if file.stat().st_size > LARGEST:
            raise _too_large(file.name)
        data = file.read_bytes()
        yield name, unzip(data, file.name) if file.suffix == ".gz" else data


def _in_archive(path: Path, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(path, "r:*") as archive:
            for count, member in enumerate(archive):
                if count >= MOST_MEMBERS:
                    raise DataError(
                        path,
                        "{value} holds more than {most} files",
                        "use the archive as published",
                        most=MOST_MEMBERS,
                    )
                file_name = PurePosixPath(member.name).name
                name = file_name.removesuffix(".gz")
                if name not in wanted or not member.isreg():
                    continue
                if member.size > LARGEST:
                    raise _too_large(file_name)
                stream = archive.extractfile(member)
                assert stream is not None  # a regular file has one
                data = stream.read()
                yield name, unzip(data, file_name) if file_name.endswith(".gz") else data
    except (tarfile.TarError, EOFError, OSError, zlib.error):
        raise DataError(
            path, "{value} is damaged or not an archive", "use a folder or a .tar.gz file"
        ) from None


def unzip(data: bytes, name: str) -> bytes:
    """What a ``.gz`` file holds; refused beyond `LARGEST` bytes, however small the file is."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(data, LARGEST + 1)
    except zlib.error:
        raise DataError(name, "{value} is damaged", "copy it again") from None
    if len(unpacked) > LARGEST:
        raise _too_large(name)
    if not unpacker.eof:
        raise DataError(name, "{value} is incomplete", "copy it again")
    return unpacked


def _too_large(name: str) -> DataError:
    return DataError(
        name,
        "{value} holds more than {most} MB",
        "use a smaller file",
        most=LARGEST // 1_000_000,
    )
