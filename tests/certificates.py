"""Certificates for servers on loopback, made by openssl for one run of the tests."""

import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Certificate:
    """Signed by itself: who trusts `pem` trusts its server."""

    pem: Path
    key: Path

    @property
    def server_side(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.pem, self.key)
        return context


def make_certificate(folder: Path, *names: str, common_name: str = "test") -> Certificate:
    """For `names` as in `DNS:hook.test` or `IP:127.0.0.1`; skips the test without openssl."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("needs the program openssl to make a certificate")
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    names_told = f"subjectAltName={','.join(names)}"
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
               "-nodes", "-days", "2", "-subj", f"/CN={common_name}", "-addext", names_told,
               "-keyout", made.key, "-out", made.pem]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return made
