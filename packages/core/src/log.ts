import { type Logger, pino } from 'pino';

/** Where credentials could slip into a line; what is there is blacked out (A63). */
const secrets = [
  'authorization',
  'cookie',
  'token',
  'password',
  'credential',
  '*.authorization',
  '*.cookie',
  '*.token',
  '*.password',
  '*.credential',
  'req.headers',
  'err.config',
];

/** The log of one program: JSON lines on standard output, each with the program's name. */
export function openLog(service: string, level: string): Logger {
  return pino({ base: { service }, level, redact: { paths: secrets, censor: '[secret]' } });
}
