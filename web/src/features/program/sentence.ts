import { useQuery } from '@tanstack/react-query';
import { read, type Schema } from '@/api';
import { useInLang, useKinds, useWord, useWorkWords } from '@/ui';
import { parseSpan } from './span';
import { useText } from './texts';

type Program = Schema<'Program'>;
type Step = Schema<'Step'>;

const people = ['steward', 'owner', 'event_staff', 'head', 'department_head'] as const;
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Says rules in words. */
export function useSentences() {
  const t = useText();
  const pick = useInLang();
  const word = useWord();
  const work = useWorkWords();
  const types = useQuery({ ...read('/api/v1/event-types'), staleTime: 3_600_000 });
  const roles = useQuery({ ...read('/api/v1/roles'), staleTime: 3_600_000 });
  const contacts = useKinds('contacts');
  const assets = useKinds('assets');

  const event = (type: string) => pick(types.data?.items.find((e) => e.type === type)?.name) || type;
  const all = [...(types.data?.items ?? []).flatMap((e) => e.attributes), ...contacts.everyAttribute, ...assets.everyAttribute];
  const attribute = (name: string) => pick(all.find((a) => a.name === name)?.label) || name;
  const valueOf = (name: string, code: string) => pick(all.filter((a) => a.name === name).flatMap((a) => a.values).find((v) => v.code === code)?.name) || code;
  /** Simple conditions in words, others as they are written. */
  const condition = (text: string): string =>
    text.split(/\s*&&\s*/).map((part) => {
      const found = /^\(?(?:attr|contact|asset)\.(\w+)\s*(==|!=|>=|<=|>|<)\s*("?)([^"()]*)\3\)?$/.exec(part.trim());
      if (!found?.[1] || !found[2]) return part;
      const op = ({ '==': 'eq', '!=': 'ne', '>': 'gt', '>=': 'ge', '<': 'lt', '<=': 'le' } as const)[found[2]] ?? 'eq';
      return t(`compare.${op}`, { name: attribute(found[1]), value: valueOf(found[1], found[4] ?? '') });
    }).join(t('compare.and'));
  const span = (text: string | undefined) => {
    const s = parseSpan(text);
    if (!s) return text ?? '';
    if (s.n === 0) return t('span.day0');
    const said = t(`span.${s.unit}`, { n: Math.abs(s.n) });
    return s.n < 0 ? t('span.before', { span: said }) : said;
  };
  const one = (resolver: string): string => {
    const [kind = '', name = ''] = resolver.trim().split(':');
    const known = people.find((p) => p === kind);
    if (known) return known === 'steward' || known === 'owner' ? word(known, t(`who.${known}`)) : t(`who.${known}`);
    if (kind === 'role') return pick(roles.data?.items.find((r) => r.code === name)?.name) || name;
    if (kind === 'attribute') return t('who.attribute', { name: attribute(name) });
    return resolver.trim();
  };
  /** `steward | head`: the second where there is no first. */
  const resolver = (text: string) => {
    const [first = '', ...rest] = text.split('|').map(one);
    return rest.reduce((said, next) => said + t('who.or', { who: next }), first);
  };
  const who = (rules: Schema<'AssignRule'>[]) => {
    const said = rules.map((r) => {
      const to = r.to.map(resolver).join(' + ');
      return r.when ? t('sentence.whenWho', { when: condition(r.when), who: to }) : to;
    });
    return said.length > 0 ? said.join(t('sentence.any')) : t('sentence.nobody');
  };
  const from = (p: Program, s: Step) => {
    const [kind, a = '', ...rest] = s.anchor.split(' ');
    switch (kind) {
      case 'attribute':
        return t('from.attribute', { name: attribute(a) });
      case 'middle':
        return t('from.middle', { a: attribute(a), b: attribute(rest[0] ?? '') });
      case 'event':
        return t('from.event', { event: event(a) });
      case 'count':
        return t('from.count', { n: a, event: event(rest[0] ?? '') });
      case 'remaining':
        return t('from.remaining', { n: a, event: event(rest[0] ?? '') });
      case 'idle':
        return t('from.idle', { span: span(a), event: event(rest[0] ?? '') });
      case 'after':
        return t('from.after', { steps: a.split(',').map((code) => pick(p.steps.find((o) => o.code === code)?.name) || code).join(', ') });
      default:
        return t('from.start', { events: p.start.map(event).join(t('sentence.any')) });
    }
  };
  const window = (s: Step) => {
    if (s.opens && s.closes) return t('window.between', { a: span(s.opens), b: span(s.closes) });
    if (s.closes) return t('window.until', { b: span(s.closes) });
    return s.opens ? t('window.since', { a: span(s.opens) }) : t('window.sameDay');
  };
  const repeat = (s: Step) => {
    if (!s.repeat) return '';
    const day = weekdays.find((d) => s.repeat?.startsWith(d));
    return day ? t('sentence.weekly', { day: t(`weekdays.${day}`) }) : t('sentence.repeat', { every: span(s.repeat) });
  };
  return {
    event, span, who, resolver,
    from, window,
    channels: (codes: string[]) => codes.map(work.channel).join(t('sentence.channelAny')),
    /** One step as a sentence. */
    step: (p: Program, s: Step) =>
      t('sentence.all', {
        from: from(p, s), window: window(s), who: who(s.assign.length > 0 ? s.assign : p.assign),
        channels: t('sentence.by') + (s.channels.length > 0 ? s.channels : p.channels).map(work.channel).join(t('sentence.channelAny')),
        repeat: repeat(s), hours: s.from && s.until ? t('sentence.hours', { from: s.from, until: s.until }) : '',
      }),
    condition: (s: Step) => (s.when ? t('sentence.when', { when: condition(s.when) }) : ''),
  };
}
