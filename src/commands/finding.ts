/** Something the doctor found. Only faults make its exit code 1. */
export interface Finding {
  state: 'ok' | 'warning' | 'fault';
  what: string;
}

export const ok = (what: string): Finding => ({ state: 'ok', what });
export const warning = (what: string): Finding => ({ state: 'warning', what });
export const fault = (what: string): Finding => ({ state: 'fault', what });
