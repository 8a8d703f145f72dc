/**
 * The one table of what the network, and the HTTP clients in use, report when no answer of Azure came that could be read. Which errors there are:
 * - libuv: https://docs.libuv.org/en/v1.x/errors.html (`util.getSystemErrorMap()` of Node 24)
 * - Node: https://nodejs.org/docs/latest-v24.x/api/errors.html, `dns` and `zlib` (their pages list codes of their own)
 * - OpenSSL: https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes
 * - llhttp, which parses answers: https://github.com/nodejs/llhttp, src/llhttp/constants.ts, ERROR
 * - undici, which `fetch` is: https://github.com/nodejs/undici, docs/docs/api/Errors.md
 * - @azure/core-rest-pipeline: RestError.REQUEST_SEND_ERROR and PARSE_ERROR of @typespec/ts-http-runtime, restError.ts and nodeHttpClient.ts
 * - @azure/identity: src/errors.ts. (jose opens no connection of its own: signing keys are fetched by the service's own client.)
 *
 * All of them are transient, with a limit ({@link ../../deployment/driver/retry-policy.ts}); so is a code that is in no row. What follows from the second
 * column: a request that cannot have taken effect may be repeated as it is, of one that may have the result is read first.
 */
export interface ConnectionErrors {
  /** What it comes to, in words that hold no address. */
  readonly words: string;
  /** Whether the request may have reached the service, so that it may have taken effect though no answer came. */
  readonly mayHaveTakenEffect: boolean;
  readonly remedy: string;
  readonly codes: readonly string[];
  /** Codes that a library may add to. */
  readonly family?: RegExp;
}

const NETWORK = 'check its network, then send the same request again.';
const CANNOT_REACH = 'The service cannot reach Azure (or the simulator that AZURE_SIMULATOR_URL names):';

/** A code that is in no row: nothing is known of it, so the worst is taken for true. */
export const UNKNOWN_CONNECTION_ERROR: ConnectionErrors = {
  words: 'the request failed',
  mayHaveTakenEffect: true,
  remedy: `${CANNOT_REACH} ${NETWORK}`,
  codes: [],
};

export const connectionErrors: readonly ConnectionErrors[] = [
  {
    words: 'no token could be had',
    mayHaveTakenEffect: false,
    remedy: 'The service got no token for Azure: check its managed identity, AZURE_CLIENT_ID and AZURE_CLOUD.',
    codes: ['CredentialUnavailable'],
  },
  {
    words: 'the host was not found',
    mayHaveTakenEffect: false,
    remedy: `The service cannot resolve a host's name: check its DNS servers, the private DNS zones of its network and AZURE_CLOUD, then send the same request again.`,
    codes: [
      ...['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME', 'EAI_MEMORY', 'EAI_SERVICE', 'EAI_FAMILY'],
      ...['EAI_ADDRFAMILY', 'EAI_BADFLAGS', 'EAI_OVERFLOW', 'EAI_CANCELED', 'EAI_SYSTEM', 'ENODATA', 'ESERVFAIL'],
      ...[
        'EFORMERR',
        'ENOTIMP',
        'EREFUSED',
        'EBADQUERY',
        'EBADNAME',
        'EBADFAMILY',
        'EBADRESP',
        'ETIMEOUT',
        'ECANCELLED',
      ],
    ],
    family: /^EAI_\w+$/,
  },
  {
    words: 'the connection was refused',
    mayHaveTakenEffect: false,
    remedy: `${CANNOT_REACH} ${NETWORK}`,
    codes: [
      ...['ECONNREFUSED', 'ENETDOWN', 'ENONET', 'EHOSTDOWN', 'EAFNOSUPPORT', 'EPERM', 'EACCES', 'ERR_SOCKET_BAD_PORT'],
      ...['ERR_SOCKET_CLOSED_BEFORE_CONNECTION', 'ERR_SOCKET_CONNECTION_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'],
      ...['ERR_PROXY_TUNNEL', 'UND_ERR_PRX_TLS'],
    ],
    family: /^UND_ERR_SOCKS5\w*$/,
  },
  {
    words: 'the service has no free socket, port or memory',
    mayHaveTakenEffect: false,
    remedy:
      'The machine of the service is out of sockets, ports or memory: let fewer deployments run at once (MAX_RUNNING_DEPLOYMENTS) or give it more, then send the same request again.',
    codes: ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRINUSE', 'EADDRNOTAVAIL', 'EAGAIN', 'OUT_OF_MEM'],
  },
  {
    words: "the host's certificate was not accepted",
    mayHaveTakenEffect: false,
    remedy:
      "The certificate of a host is not trusted: a proxy or firewall of the network opens TLS (add its CA with NODE_EXTRA_CA_CERTS), the host's name or the clock of the service is wrong. Put it right, then send the same request again.",
    codes: [
      ...[
        'DEPTH_ZERO_SELF_SIGNED_CERT',
        'SELF_SIGNED_CERT_IN_CHAIN',
        'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
        'CERT_REVOKED',
      ],
      ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_GET_CRL', 'CERT_CHAIN_TOO_LONG'],
      ...['UNABLE_TO_DECRYPT_CERT_SIGNATURE', 'UNABLE_TO_DECRYPT_CRL_SIGNATURE', 'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY'],
      ...[
        'CERT_SIGNATURE_FAILURE',
        'CRL_SIGNATURE_FAILURE',
        'CERT_NOT_YET_VALID',
        'CERT_HAS_EXPIRED',
        'CERT_UNTRUSTED',
      ],
      ...['CRL_NOT_YET_VALID', 'CRL_HAS_EXPIRED', 'ERROR_IN_CERT_NOT_BEFORE_FIELD', 'ERROR_IN_CERT_NOT_AFTER_FIELD'],
      ...['ERROR_IN_CRL_LAST_UPDATE_FIELD', 'ERROR_IN_CRL_NEXT_UPDATE_FIELD', 'INVALID_CA', 'PATH_LENGTH_EXCEEDED'],
      ...['INVALID_PURPOSE', 'CERT_REJECTED', 'HOSTNAME_MISMATCH', 'INVALID_ROOT'],
      ...['ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_TLS_CERT_ALTNAME_FORMAT'],
    ],
    family: /^(CERT|CRL|UNABLE_TO|ERROR_IN_C)_\w+$/,
  },
  {
    words: 'no TLS connection could be made',
    // OpenSSL's errors have one form, whether the handshake failed or a record after it.
    mayHaveTakenEffect: true,
    remedy:
      'No TLS connection with a host holds: check the proxies and firewalls between the service and Azure, and what they do with TLS 1.2 and 1.3, then send the same request again.',
    codes: [
      ...[
        'EPROTO',
        'ERR_TLS_HANDSHAKE_TIMEOUT',
        'ERR_TLS_INVALID_STATE',
        'ERR_TLS_INVALID_CONTEXT',
        'ERR_TLS_DH_PARAM_SIZE',
      ],
      ...['ERR_TLS_INVALID_PROTOCOL_VERSION', 'ERR_TLS_PROTOCOL_VERSION_CONFLICT', 'ERR_TLS_SESSION_ATTACK'],
      ...['ERR_TLS_RENEGOTIATION_DISABLED', 'ERR_TLS_RENEGOTIATION_UNSUPPORTED', 'ERR_TLS_REQUIRED_SERVER_NAME'],
      ...[
        'ERR_SSL_WRONG_VERSION_NUMBER',
        'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
        'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
      ],
    ],
    family: /^ERR_(SSL|TLS|OSSL)_\w+$/,
  },
  {
    words: 'no answer came in time',
    mayHaveTakenEffect: true,
    remedy: `${CANNOT_REACH} ${NETWORK}`,
    codes: [
      ...['RequestTimeout', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ABORT_ERR', 'ERR_HTTP_REQUEST_TIMEOUT'],
      ...['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
    ],
  },
  {
    words: 'the connection was closed',
    mayHaveTakenEffect: true,
    remedy: `${CANNOT_REACH} ${NETWORK}`,
    codes: [
      ...[
        'ECONNRESET',
        'EPIPE',
        'ECONNABORTED',
        'ENETRESET',
        'ENOTCONN',
        'ESHUTDOWN',
        'ECANCELED',
        'EOF',
        'EIO',
        'EINTR',
      ],
      ...['ERR_SOCKET_CLOSED', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'],
      ...[
        'ERR_STREAM_CLOSED',
        'ERR_STREAM_UNABLE_TO_PIPE',
        'ERR_CANCELED',
        'REQUEST_SEND_ERROR',
        'UND_ERR',
        'UND_ERR_SOCKET',
      ],
      ...[
        'UND_ERR_CLOSED',
        'UND_ERR_DESTROYED',
        'UND_ERR_ABORTED',
        'UND_ERR_ABORT',
        'UND_ERR_INFO',
        'UND_ERR_REQ_RETRY',
      ],
    ],
    family: /^(UND_ERR|ERR_STREAM|ERR_SOCKET)_\w+$/,
  },
  {
    words: 'the answer is not HTTP',
    mayHaveTakenEffect: true,
    remedy:
      'An answer was cut off or is not what Azure sends: check the proxies and firewalls between the service and Azure, then send the same request again.',
    codes: [
      ...[
        'PARSE_ERROR',
        'HPE_INVALID_CONSTANT',
        'HPE_INVALID_VERSION',
        'HPE_INVALID_STATUS',
        'HPE_INVALID_HEADER_TOKEN',
      ],
      ...['HPE_INVALID_CONTENT_LENGTH', 'HPE_UNEXPECTED_CONTENT_LENGTH', 'HPE_INVALID_TRANSFER_ENCODING'],
      ...['HPE_INVALID_CHUNK_SIZE', 'HPE_CHUNK_EXTENSIONS_OVERFLOW', 'HPE_HEADER_OVERFLOW', 'HPE_INVALID_EOF_STATE'],
      ...[
        'HPE_CLOSED_CONNECTION',
        'HPE_CR_EXPECTED',
        'HPE_LF_EXPECTED',
        'HPE_UNEXPECTED_SPACE',
        'HPE_STRICT',
        'HPE_INTERNAL',
      ],
      ...['HPE_INVALID_METHOD', 'HPE_INVALID_URL', 'HPE_PAUSED_UPGRADE', 'HPE_PAUSED_H2_UPGRADE', 'HPE_USER'],
      ...['HPE_JS_EXCEPTION', 'UND_ERR_HTTP_PARSER', 'UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RESPONSE'],
      ...['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'UND_ERR_RES_EXCEEDED_MAX_SIZE', 'ERR_HTTP_CONTENT_LENGTH_MISMATCH'],
      ...[
        'ERR_HTTP_TRAILER_INVALID',
        'Z_DATA_ERROR',
        'Z_BUF_ERROR',
        'Z_STREAM_ERROR',
        'Z_MEM_ERROR',
        'Z_NEED_DICT',
        'Z_ERRNO',
      ],
    ],
    family: /^(HPE|Z)_\w+$/,
  },
];

/** Whether a code is in the table, so that it can only be a connection's. */
export const isConnectionError = (code: string): boolean => connectionErrors.some(({ codes }) => codes.includes(code));

/** What is known of an error that a connection reported: its row, or that of its family. */
export const connectionErrorOf = (code: string): ConnectionErrors =>
  connectionErrors.find(({ codes }) => codes.includes(code)) ??
  connectionErrors.find(({ family }) => family?.test(code)) ??
  UNKNOWN_CONNECTION_ERROR;
