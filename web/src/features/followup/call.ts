import { useCallback, useState } from 'react';
import { ask, problemOf, useMay, type Schema } from '@/api';
import { useInLang, useSay } from '@/ui';
import { useText } from './texts';

/** Hands a whole number to the telephone. */
function dial(phone: string): void {
  const link = document.createElement('a');
  link.href = `tel:${phone.replace(/[^\d+*#,]/g, '')}`;
  link.click();
}

export const masked = (phone: string) => phone.includes('*');

/** The number meant by a masked one: by its last digits, else the first. */
export function unmask(phone: string, whole: string[]): string | undefined {
  return whole.find((p) => p.slice(-4) === phone.slice(-4)) ?? whole[0];
}

/**
 * Calls a contact's number. A masked one is shown in full first, where the
 * reader may: the reason in the audit log is the follow-up's number.
 */
export function useCall() {
  const t = useText();
  const say = useSay();
  const may = useMay();
  const inLang = useInLang();
  const [calling, setCalling] = useState<string>();
  const call = useCallback(
    async (to: { phone: string; contact?: string | undefined; number: string; known?: string[] | undefined }): Promise<Schema<'Contact'> | undefined> => {
      const known = to.known && unmask(to.phone, to.known);
      if (known && !masked(known)) return void dial(known);
      if (!masked(to.phone)) return void dial(to.phone);
      if (!to.contact) return undefined;
      setCalling(to.phone);
      try {
        const contact = await ask('post', '/api/v1/contacts/{id}/reveal', { params: { path: { id: to.contact } }, body: { reason: t('call.reason', { number: to.number }) } });
        dial(unmask(to.phone, contact.phones) ?? to.phone);
        return contact;
      } catch (error) {
        say.failed(inLang(problemOf(error).messages));
        return undefined;
      } finally {
        setCalling(undefined);
      }
    },
    [t, say, inLang],
  );
  return { call, calling, can: (phone: string | undefined) => Boolean(phone) && (!masked(phone ?? '') || may('contact.reveal')) };
}
