import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import forge from 'node-forge';

const LIFE_DAYS = 365;
const DAY_MS = 86_400_000;
const KEY_BITS = 2048;

const CA_NAME = [{ name: 'commonName', value: 'Azure simulator, a CA of this machine' }];

const keyPair = (): forge.pki.rsa.KeyPair => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: KEY_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const key = forge.pki.privateKeyFromPem(privateKey);
  return { privateKey: key, publicKey: forge.pki.setRsaPublicKey(key.n, key.e) };
};

/** In real time, whatever the modelled clock says: who checks it knows no other. */
const blankCertificate = (publicKey: forge.pki.rsa.PublicKey): forge.pki.Certificate => {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = publicKey;
  // Positive, as RFC 5280 (4.1.2.2) asks: the first byte has no sign bit.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = new Date(Date.now() - DAY_MS);
  certificate.validity.notAfter = new Date(Date.now() + LIFE_DAYS * DAY_MS);
  certificate.setIssuer(CA_NAME);
  return certificate;
};

/**
 * A certificate authority made anew, and certificates of it for whichever host. Its keys are in this process's memory only. The extensions are those
 * that Python's strict verification asks for (RFC 5280, VERIFY_X509_STRICT, the default since 3.13).
 */
export class CertificateAuthority {
  /** The CA's own certificate, PEM. */
  readonly certificate: string;
  readonly #key: forge.pki.rsa.PrivateKey;
  readonly #keyIdentifier: string;
  /** One for all hosts: making a key takes longer than all the rest. */
  readonly #hostKeys = keyPair();
  readonly #contexts = new Map<string, SecureContext>();

  constructor() {
    const { privateKey, publicKey } = keyPair();
    this.#key = privateKey;
    const certificate = blankCertificate(publicKey);
    this.#keyIdentifier = certificate.generateSubjectKeyIdentifier().getBytes();
    certificate.setSubject(CA_NAME);
    certificate.setExtensions([
      { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
      { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
      { name: 'subjectKeyIdentifier' },
    ]);
    certificate.sign(privateKey, forge.md.sha256.create());
    this.certificate = forge.pki.certificateToPem(certificate);
  }

  /** What a TLS server needs to be a host. */
  contextFor(host: string): SecureContext {
    const known = this.#contexts.get(host);
    if (known) return known;
    const context = createSecureContext({
      key: forge.pki.privateKeyToPem(this.#hostKeys.privateKey),
      cert: this.#certificateOf(host),
    });
    this.#contexts.set(host, context);
    return context;
  }

  #certificateOf(host: string): string {
    const certificate = blankCertificate(this.#hostKeys.publicKey);
    // No subject: its common name may have 64 characters, fewer than a cluster's host name. The critical alternative name stands for it (RFC 5280, 4.2.1.6).
    certificate.setSubject([]);
    certificate.setExtensions([
      { name: 'basicConstraints', critical: true, cA: false },
      { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', critical: true, altNames: [{ type: 2, value: host }] },
      { name: 'subjectKeyIdentifier' },
      { name: 'authorityKeyIdentifier', keyIdentifier: this.#keyIdentifier },
    ]);
    certificate.sign(this.#key, forge.md.sha256.create());
    return forge.pki.certificateToPem(certificate);
  }
}
