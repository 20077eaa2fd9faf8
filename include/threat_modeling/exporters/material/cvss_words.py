"""A CVSS vector told in words, metric by metric (CVSS v3.1 and v4.0 specification documents, FIRST)."""

from __future__ import annotations

_NETWORK = {"N": "over a network", "A": "from an adjacent network", "L": "from the machine itself", "P": "with physical access"}
_COMPLEXITY = {"L": "without special conditions", "H": "under conditions the attacker must first create"}
_PRIVILEGES = {"N": "without any privileges", "L": "with an ordinary account", "H": "with an administrative account"}
_USER = {
    "N": "without a user's help",
    "R": "when a user does something",
    "P": "when a user does something ordinary",
    "A": "when a user is led to act",
}
_LOSS = {"H": "total loss", "L": "partial loss", "N": "no loss"}
_NOTHING = {_LOSS["N"], "nothing else has to be in place"}
_NEED = {"H": "high", "M": "medium", "L": "low"}
_EXPLOIT = {
    "A": "attacks are known",
    "P": "a proof of concept exists",
    "U": "no exploit is known",
    "F": "a working exploit exists",
    "H": "attacks are known",
}
_THREE = {"C": "confidentiality", "I": "integrity", "A": "availability"}

_METRICS: dict[str, tuple[str, dict[str, str]]] = {
    "AV": ("Attack", _NETWORK),
    "AC": ("Complexity", _COMPLEXITY),
    "AT": ("Requirements", {"N": "nothing else has to be in place", "P": "something else has to be in place"}),
    "PR": ("Privileges", _PRIVILEGES),
    "UI": ("User", _USER),
    "S": ("Scope", {"U": "stays within the component", "C": "reaches beyond the component"}),
    "E": ("Exploit", _EXPLOIT),
    "RL": ("Remedy", {"O": "an official fix exists", "T": "a temporary fix exists", "W": "a workaround exists", "U": "no fix exists"}),
    "RC": ("Report", {"C": "confirmed", "R": "reasonable", "U": "unconfirmed"}),
}
for _letter, _name in _THREE.items():
    _METRICS[_letter] = (_name.capitalize(), _LOSS)
    _METRICS["V" + _letter] = (_name.capitalize(), _LOSS)
    _METRICS["S" + _letter] = (f"{_name.capitalize()} of systems behind it", _LOSS | {"S": "people may be harmed"})
    _METRICS[_letter + "R"] = (f"Need for {_name} here", _NEED)


def words(vector: str) -> tuple[tuple[str, str], ...]:
    """Pairs such as ("Attack", "over a network") for every metric of a vector that is defined and says more than that there is nothing.

    Unknown metrics are told as written.
    """
    pairs = [part.split(":", 1) for part in vector.split("/") if ":" in part and not part.startswith("CVSS:")]
    told = (_told(name, value, vector) for name, value in pairs if value != "X")
    return tuple(pair for pair in told if pair[1] not in _NOTHING)


def _told(name: str, value: str, vector: str) -> tuple[str, str]:
    if name == "S" and vector.startswith("CVSS:4"):
        return "Safety", {"P": "people may be harmed", "N": "nobody is harmed"}.get(value, value)
    modified = len(name) > 1 and name.startswith("M")
    title, values = _METRICS.get(name[1:] if modified else name, (name, {}))
    return (f"{title}, as it is here" if modified else title), values.get(value, value)
