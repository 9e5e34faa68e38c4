import type { CheckReport } from '../../../../model/diagnosis.ts';
import { span, type Span } from '../../text/line.ts';

/** The sign of a result, one cell wide and a blank: ✓ holds, ✗ fails, ? not known, · has no part. */
export const markOf = (result: CheckReport['result']): Span => {
  switch (result) {
    case 'pass':
      return span('✓ ', 'good');
    case 'fail':
      return span('✗ ', 'danger');
    case 'unknown':
      return span('? ', 'caution');
    case 'error':
      return span('! ', 'caution');
    case 'not-applicable':
      return span('· ', 'dim');
  }
};

/** The sign of what a person should merely know. */
export const noticeMark: Span = span('! ', 'caution');
