import type { JsonObject } from '../base/json.ts';

/** How a service writes its errors: Resource Manager's `{"error": {…}}`, or the flat body of the AKS resource provider. */
export type ErrorShape = 'standard' | 'flat';

export interface HttpErrorOptions {
  target?: string;
  details?: JsonObject[];
  innererror?: JsonObject;
  additionalInfo?: JsonObject[];
  headers?: Record<string, string>;
  shape?: ErrorShape;
}

/** An error answer of Resource Manager or one of its providers. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: string;
  readonly options: HttpErrorOptions;

  constructor(status: number, code: string, message: string, options: HttpErrorOptions = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.options = options;
  }

  body(shape: ErrorShape = 'standard'): JsonObject {
    const { target, details, innererror, additionalInfo } = this.options;
    if ((this.options.shape ?? shape) === 'flat') {
      return { code: this.code, details: null, message: this.message, subcode: '', ...(target && { target }) };
    }
    const error: JsonObject = { code: this.code, message: this.message };
    if (target !== undefined) error.target = target;
    if (details !== undefined) error.details = details;
    if (innererror !== undefined) error.innererror = innererror;
    if (additionalInfo !== undefined) error.additionalInfo = additionalInfo;
    return { error };
  }
}
