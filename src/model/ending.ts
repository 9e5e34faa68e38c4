/** The signals that Homeport ends processes by (signal(7)). */
export type EndingSignal = 'SIGINT' | 'SIGTERM' | 'SIGKILL';

/** How a process ended (wait(2)): by itself with a code, or by a signal's name. */
export type ProcessExit = { readonly code: number } | { readonly signal: string };

/**
 * What became of a signal. `gone`: that very process had ended; another one that was given its pid
 * meanwhile was not touched. `denied`: the kernel refuses it to this user (kill(2)).
 */
export type SignalDelivery = 'sent' | 'gone' | 'denied';

/**
 * By what a signal found its process. `pidfd`: a descriptor that can't come to mean another process
 * (pidfd_open(2)); `pid`: the number, right after its start time and boot id were compared.
 */
export type SignalMethod = 'pidfd' | 'pid';
