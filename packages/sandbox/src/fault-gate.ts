import type { RequestHandler, Response } from 'express';
import type { Bank } from './bank.js';
import type { CallTrouble } from './faults.js';
import { SIGN_ON_PAGE, sendTooManyRequests } from './gateway.js';

/** Plays the scripted trouble on the calls that it is meant for. */
export function faultGate(bank: Bank): RequestHandler {
  return (req, res, next) => {
    const { pathname } = new URL(req.originalUrl, 'http://bank');
    const trouble = bank.faults.troubleFor({ method: req.method, path: pathname });
    if (!trouble) return next();
    if (!answersInstead(res, trouble)) next();
  };
}

/** True when the bank itself never sees the call. */
function answersInstead(res: Response, trouble: CallTrouble): boolean {
  switch (trouble.kind) {
    case 'status':
      res.status(trouble.status).json(trouble.body ?? {});
      return true;
    case 'html':
      res.status(200).type('html').send(SIGN_ON_PAGE);
      return true;
    case 'rate-limit':
      sendTooManyRequests(res, trouble.retryAfter);
      return true;
    case 'reset-before':
      reset(res);
      return true;
    // From here on the work is done, and only its answer suffers.
    case 'delay':
      onEnd(res, (end) => setTimeout(end, trouble.delayMs));
      return false;
    case 'reset-after-commit':
      onEnd(res, () => reset(res));
      return false;
    case 'truncate':
      onEnd(res, (_end, body) => {
        res.write(body.subarray(0, trouble.bytes), () => res.socket?.destroy());
      });
      return false;
  }
}

function reset(res: Response): void {
  res.socket?.resetAndDestroy();
}

/** Holds the answer's end back; all answers of the API are written in one piece. */
function onEnd(res: Response, act: (end: () => void, body: Buffer) => void): void {
  const end = res.end;
  res.end = ((chunk?: unknown, ...rest: unknown[]) => {
    res.end = end;
    const body =
      typeof chunk === 'string' || Buffer.isBuffer(chunk) ? Buffer.from(chunk) : Buffer.alloc(0);
    act(() => Reflect.apply(end, res, [chunk, ...rest]), body);
    return res;
  }) as typeof end;
}
