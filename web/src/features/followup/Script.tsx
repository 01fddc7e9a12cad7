import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMe } from '@/api';
import { Section, useFormat, useInLang, useLang, useUnits } from '@/ui';
import { useText } from './texts';
import { useWhole } from './whole';

const kinds = ['greeting', 'welcome', 'farewell', 'apology', 'thanks', 'reply', 'enquiry', 'request', 'consultation', 'explanation'] as const;

/** What to say, in order, with the contact's data in it. */
export function Script({ close }: { close?: () => void }) {
  const t = useText();
  const inLang = useInLang();
  const fill = useFilled();
  const { detail } = useWhole();
  const named = (kind: string) => (kinds.includes(kind as (typeof kinds)[number]) ? t(`script.kinds.${kind as (typeof kinds)[number]}`) : kind);
  return (
    <Section title={t('script.title')} extra={close && <Button type="text" size="small" icon={<CloseOutlined aria-hidden />} aria-label={t('script.close')} onClick={close} />}>
      {detail.phrases.length === 0 && <p className="hf-quiet">{t('script.none')}</p>}
      <ol className="fu-phrases" tabIndex={0}>
        {detail.phrases.map((phrase, i) => {
          const hint = inLang(phrase.hint);
          return (
            <li key={`${phrase.code}-${i}`}>
              <span className="hf-quiet">{named(phrase.kind)}{hint && ` · ${hint}`}</span>
              <p>{fill(inLang(phrase.text))}</p>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

/** Puts what is known into `{{name}}` and `{{name|otherwise}}`. */
function useFilled(): (text: string) => string {
  const me = useMe();
  const inLang = useInLang();
  const lang = useLang();
  const format = useFormat();
  const units = useUnits();
  const { detail } = useWhole();
  const zone = units.zone(detail.unit);
  const event = detail.service_event;
  const known: Record<string, string | undefined> = {
    contact: detail.contact_name, staff: me.staff?.name, organization: inLang(me.organization.name), unit: detail.unit_name, department: detail.department,
    asset: detail.asset_name, matter: detail.matter, event_date: event && format.shortDate(event.at, zone), today: format.shortDate(format.today(zone)),
    phone: detail.phone, event_staff: event?.staff && detail.names[event.staff], number: detail.number, closes: format.shortDate(detail.window.closes.slice(0, 10)),
  };
  const attribute = (name: string) => {
    const value = event?.attributes?.[name] ?? detail.customer?.attributes?.[name] ?? detail.object?.attributes?.[name];
    return value === undefined ? undefined : String(value);
  };
  return (text) =>
    text.replace(/\{\{\s*([\w.]+)\s*(?:\|([^}]*))?\}\}/g, (_, name: string, otherwise: string | undefined) => (name.startsWith('attr.') ? attribute(name.slice(5)) : known[name]) || otherwise?.trim() || (lang === 'zh' ? '……' : '…'));
}
