# SPDX-License-Identifier: AGPL-3.0-or-later
"""HTTPS in the office: a certificate authority of one's own, and the server's certificate.

* The authority may vouch for this installation's names only, whoever steals its key.
* The server's certificate lives a year at most and is renewed by itself at a start.
* Every device is told once to believe the authority; a printed page says how.
"""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from string import Template

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from exitwork.cli.installation import make_folder, write_private
from exitwork.cli.sentences import WrongInput
from exitwork.settings.options import home

AUTHORITY_LIVES = timedelta(days=3650)
SERVER_LIVES = timedelta(days=365)
RENEWED_BEFORE = timedelta(days=45)
CLOCKS_DIFFER = timedelta(hours=24)
# What a device shows in its list of authorities: it must not tell what the office does.
AUTHORITY_NAME = "Office certificate authority"


def folder() -> Path:
    """Where certificates and their keys are."""
    return home() / "certificates"


def authority_path() -> Path:
    """The authority's certificate, which devices are told to believe."""
    return folder() / "authority.crt"


def make(hosts: list[str], at: datetime) -> None:
    """Make authority and server certificate for these names; what is there and fits is kept.

    :raises WrongInput: if an authority is there that may not vouch for one of the names.
    """
    make_folder(folder())
    if authority_path().exists():
        missing = sorted(set(hosts) - set(_vouched_for(_load(authority_path()))))
        if missing:
            raise WrongInput(
                f"The certificate authority in {folder()} may not vouch for {', '.join(missing)}. Move that "
                "folder away to make a new authority; every device must then be told to believe it anew."
            )
    else:
        _make_authority(hosts, at)
    _make_server(hosts, at)


def renew_if_due(hosts: list[str], at: datetime) -> bool:
    """Renew the server's certificate when it nears its end or the names changed; whether it was."""
    certificate = folder() / "server.pem"
    if not certificate.exists() or not authority_path().exists():
        return False
    loaded = x509.load_pem_x509_certificate(certificate.read_bytes())
    fits = set(hosts) <= set(
        _names(loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value)
    )
    if fits and loaded.not_valid_after_utc - at > RENEWED_BEFORE:
        return False
    make(hosts, at)
    return True


def days_left(at: datetime) -> int | None:
    """For how many more days the server's certificate holds, or None when there is none."""
    certificate = folder() / "server.pem"
    if not certificate.exists():
        return None
    return (x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc - at).days


def fingerprint() -> str:
    """The authority's SHA-256 fingerprint in groups, to be compared by eye."""
    digest = _load(authority_path()).fingerprint(hashes.SHA256()).hex().upper()
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def write_page(address: str) -> Path:
    """Write the page to print and lay beside the devices: how each learns to believe the authority.

    It says nothing of what the office does.
    """
    template = Template(Path(__file__).with_name("office_devices.html").read_text("utf-8"))
    page = folder() / "devices.html"
    page.write_text(template.substitute(address=escape(address), fingerprint=fingerprint()), "utf-8")
    return page


def _make_authority(hosts: list[str], at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, AUTHORITY_NAME)])
    certificate = (
        _builder(name, name, key.public_key(), at, AUTHORITY_LIVES)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(_constraints(hosts), None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    write_private(folder() / "authority.key", _pem(key))
    authority_path().write_bytes(certificate.public_bytes(serialization.Encoding.DER))


def _make_server(hosts: list[str], at: datetime) -> None:
    authority = _load(authority_path())
    signer = serialization.load_pem_private_key((folder() / "authority.key").read_bytes(), None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise WrongInput(f"{folder() / 'authority.key'} is not the key of this authority.")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0][:64])])
    certificate = (
        _builder(name, authority.subject, key.public_key(), at, SERVER_LIVES)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(host) for host in hosts]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .sign(signer, hashes.SHA256())
    )
    for old in ("server.pem", "server.key"):
        (folder() / old).unlink(missing_ok=True)
    write_private(folder() / "server.key", _pem(key))
    write_private(folder() / "server.pem", certificate.public_bytes(serialization.Encoding.PEM))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime, lives: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - CLOCKS_DIFFER)
        .not_valid_after(at + lives)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _load(path: Path) -> x509.Certificate:
    return x509.load_der_x509_certificate(path.read_bytes())


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return x509.DNSName(host)


def _constraints(hosts: list[str]) -> list[x509.GeneralName]:
    """What the authority may vouch for. A kind of name that is not listed at all would be free,
    so each kind is listed, if need be with a name that nothing has."""
    permitted: list[x509.GeneralName] = []
    for host in hosts:
        try:
            permitted.append(x509.IPAddress(ipaddress.ip_network(host.strip("[]"))))
        except ValueError:
            permitted.append(x509.DNSName(host))
    if not any(isinstance(name, x509.DNSName) for name in permitted):
        permitted.append(x509.DNSName("invalid"))
    if not any(isinstance(name, x509.IPAddress) for name in permitted):
        permitted.append(x509.IPAddress(ipaddress.ip_network("0.0.0.0/32")))
    return permitted


def _vouched_for(authority: x509.Certificate) -> list[str]:
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees
    return _names(permitted or [])


def _names(general: object) -> list[str]:
    """Names as the option ``hosts`` writes them."""
    names = []
    for name in general:  # type: ignore[attr-defined]
        if isinstance(name, x509.DNSName):
            names.append(name.value)
        elif isinstance(name, x509.IPAddress):
            address = getattr(name.value, "network_address", name.value)
            names.append(f"[{address}]" if address.version == 6 else str(address))
    return names
