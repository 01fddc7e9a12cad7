import type { Same } from '@/ui';
import type { zh } from './zh';

export const en: Same<typeof zh> = {
  title: 'API tokens', menu: 'API tokens', create: 'New token', name: 'For', permissions: 'Permissions', expires: 'Valid until', never: 'No end', created: 'Created', state: 'State', valid: 'Valid', revoked: 'Revoked', expired: 'Expired', revoke: 'Revoke', revokeAsk: 'Revoke “{{name}}”?', revokeText: 'Systems that use it are shut out at once, for good.', revokedDone: 'Revoked', secretTitle: 'Created: copy it now', secretHint: 'It is shown this once. Send it after “Authorization: Bearer”.', copy: 'Copy', copied: 'Copied', close: 'I have kept it', cancel: 'Cancel', empty: 'No API tokens yet', emptyText: 'Create one for each system that sends events: work orders, ERP, hospital information.', docs: 'API documentation',
  help: 'Let another system in, e.g. work orders that send an event when a repair is completed. One token for each, with no more permissions than it needs; revoke it when it is not used any more.\n\nA token is shown once, when it is created.',
};
