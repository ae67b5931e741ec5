"""Finding out what a scenario file or folder is, and reading or writing it."""

from __future__ import annotations

from pathlib import Path

from burdenshare.bargaining import genius, negmas_yaml
from burdenshare.bargaining.scenario import Scenario
from burdenshare.bargaining.toml_scenario import read_toml, write_toml
from burdenshare.errors import BargainingError

FORMATS = ("toml", "genius", "negmas")


def read_scenario(path: str | Path) -> Scenario:
    """A scenario from a TOML file, a folder of GENIUS XML or NegMAS YAML files, or the domain file in such a folder.

    The sides stand in the order of their file names. Raises BargainingError that names the file and the place.
    """
    path = Path(path)
    if not path.exists():
        raise BargainingError(f"{path} does not exist; give a scenario folder or file.")
    try:
        return read_existing(path)
    except OSError as error:
        raise BargainingError(f"{error.filename or path} cannot be read: {error.strerror}.") from None


def read_existing(path: Path) -> Scenario:
    if path.is_file():
        if path.suffix == ".toml":
            return read_toml(path)
        if path.suffix not in (".xml", ".yml", ".yaml"):
            raise BargainingError(f"{path} has the ending {path.suffix!r}; expected .toml, .xml, .yml or .yaml.")
        return read_folder(path.parent, suffix=path.suffix, domain=path)
    return read_folder(path, suffix=None, domain=None)


def read_folder(folder: Path, *, suffix: str | None, domain: Path | None) -> Scenario:
    # Hidden files are left out: archives made on a Mac carry binary "._name.yml" companions.
    files = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
    tomls = [p for p in files if p.suffix == ".toml"]
    yamls = [p for p in files if p.suffix in (".yml", ".yaml") and p.stem != "_info"]
    xmls = [p for p in files if p.suffix == ".xml" and not p.name.endswith("pareto.xml")]
    if suffix is None and len(tomls) == 1:
        return read_toml(tomls[0])
    if xmls and suffix in (None, ".xml"):
        return folder_of_xml(folder, xmls, domain)
    if yamls and suffix != ".xml":
        return folder_of_yaml(folder, yamls, domain)
    raise BargainingError(f"{folder} holds no scenario; expected one TOML file, GENIUS XML or NegMAS YAML files.")


def folder_of_xml(folder: Path, files: list[Path], domain: Path | None) -> Scenario:
    roots = {path: genius.root_of(path) for path in files}
    domains = [p for p, root in roots.items() if root.tag == "negotiation_template"]
    profiles = [p for p, root in roots.items() if root.tag == "utility_space"]
    chosen = the_domain(folder, domains, domain)
    space = genius.domain_from(roots[chosen], chosen)
    sides = tuple(genius.side_from(roots[path], path, space=space) for path in profiles)
    return checked(Scenario(folder.resolve().name, space, sides) if sides else None, folder)


def folder_of_yaml(folder: Path, files: list[Path], domain: Path | None) -> Scenario:
    data = {path: negmas_yaml.document(path) for path in files}
    domains = [p for p, d in data.items() if "OutcomeSpace" in str(d.get("type", ""))]
    profiles = [(p, d) for p, d in data.items() if "fun" in str(d.get("type", "")).lower()]
    chosen = the_domain(folder, domains, domain)
    return checked(negmas_yaml.scenario_from(chosen, data[chosen], profiles) if profiles else None, folder)


def the_domain(folder: Path, domains: list[Path], wanted: Path | None) -> Path:
    if wanted is not None:
        if wanted not in domains:
            raise BargainingError(f"{wanted} describes no issues; name the domain file or the folder.")
        return wanted
    if not domains:
        raise BargainingError(f"{folder} has no domain file, one that lists the issues.")
    if len(domains) > 1:
        raise BargainingError(
            f"{folder} has {len(domains)} domain files ({', '.join(p.name for p in domains)}); name one of them."
        )
    return domains[0]


def checked(scenario: Scenario | None, folder: Path) -> Scenario:
    if scenario is None:
        raise BargainingError(f"{folder} has a domain but no utility file; put one a side beside it.")
    return scenario


def write_scenario(scenario: Scenario, path: str | Path, *, form: str) -> list[Path]:
    """Write a scenario as `toml` (one file), `genius` or `negmas` (a folder); the paths written."""
    path = Path(path)
    if form == "toml":
        write_toml(scenario, path)
        return [path]
    if form == "genius":
        return genius.write_genius(scenario, path)
    if form == "negmas":
        return negmas_yaml.write_negmas(scenario, path)
    raise BargainingError(f"The form {form!r} is unknown; choose one of {', '.join(FORMATS)}.")
