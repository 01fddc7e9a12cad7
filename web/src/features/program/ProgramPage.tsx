import { useQuery } from '@tanstack/react-query';
import { Collapse } from 'antd';
import { read, type Schema } from '@/api';
import { Facts, Link, Loaded, LoadedPage, Page, Section, Tag, useInLang, useParam } from '@/ui';
import './program.css';
import { Settings } from './Settings';
import { useSentences } from './sentence';
import { useText } from './texts';
import { Timeline } from './Timeline';

type Program = Schema<'Program'>;

export default function ProgramPage() {
  const code = useParam('code');
  const t = useText();
  const found = useQuery(read('/api/v1/programs/{code}', { params: { path: { code } } }));
  return <LoadedPage query={found} up={{ to: '/programs', label: t('title') }}>{(program) => <Shown key={code} program={program} />}</LoadedPage>;
}

function Shown({ program: p }: { program: Program }) {
  const t = useText();
  const pick = useInLang();
  const say = useSentences();
  const subject = (['event', 'contact', 'asset', 'staff'] as const).find((s) => s === p.subject);
  return (
    <Page
      up={{ to: '/programs', label: t('title') }}
      title={pick(p.name)}
      aside={<>{!p.active && <Tag shade="warn">{t('off')}</Tag>}{!p.pack && <Tag>{t('packGone')}</Tag>}</>}
      intro={pick(p.description)}
    >
      <Section>
        <ul className="hf-sentences">{p.steps.map((s) => <li key={s.code}>{say.step(p, s)} {s.when && <span className="hf-quiet">{say.condition(s)}</span>}</li>)}</ul>
        <div className="hf-facts-more"><Timeline program={p} /></div>
      </Section>
      <div className="hf-record">
        <div>
          <Section>
            <Facts
              items={[
                { label: t('target'), value: t('percent', { n: p.target }) },
                { label: t('review'), value: t('percent', { n: p.review }) },
                { label: t('tries'), value: `${t('times', { n: p.tries })}${p.every ? ` · ${t('every')} ${say.span(p.every)}` : ''}` },
                { label: t('channels'), value: say.channels(p.channels) },
                { label: t('assign'), value: say.who(p.assign) },
                { label: t('subject'), value: subject ? t(`subjects.${subject}`) : p.subject },
                { label: t('form'), value: p.form && <Link to={`/settings/forms/${p.form}`}>{p.form}</Link> },
                { label: t('source'), value: p.source },
                { label: t('pack'), value: p.pack },
                { label: t('version'), value: p.version },
              ]}
            />
          </Section>
          <Steps program={p} />
        </div>
        <div>
          <Settings program={p} />
          {p.script && <ScriptPart code={p.script} />}
        </div>
      </div>
    </Page>
  );
}

/** What steps have of their own. */
function Steps({ program: p }: { program: Program }) {
  const t = useText();
  const pick = useInLang();
  const say = useSentences();
  const own = p.steps.filter((s) => p.steps.length > 1 || s.form || s.channels.length > 0 || s.assign.length > 0);
  if (own.length === 0) return null;
  return (
    <Section title={t('steps')}>
      <ol className="hf-plain">
        {own.map((s) => (
          <li key={s.code}>
            <strong>{pick(s.name)}</strong>
            <Facts items={[
              { label: t('opens'), value: say.span(s.opens) }, { label: t('closes'), value: say.span(s.closes) },
              { label: t('when'), value: s.when && <code className="hf-mono">{s.when}</code> },
              { label: t('assign'), value: s.assign.length > 0 && say.who(s.assign) }, { label: t('channels'), value: s.channels.length > 0 && say.channels(s.channels) },
              { label: t('form'), value: s.form && <Link to={`/settings/forms/${s.form}`}>{s.form}</Link> },
            ]} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function ScriptPart({ code }: { code: string }) {
  const t = useText();
  const pick = useInLang();
  const found = useQuery(read('/api/v1/scripts/{code}', { params: { path: { code } } }));
  return (
    <Section title={t('phrases')}>
      <Loaded query={found} rows={2}>
        {(script) => (
          <Collapse
            ghost
            items={[{
              key: code, label: pick(script.name),
              children: <div className="hf-phrases">{script.phrases.map((p) => <div key={p.code}><span className="hf-quiet">{pick(p.hint)}</span><blockquote>{pick(p.text)}</blockquote></div>)}</div>,
            }]}
          />
        )}
      </Loaded>
    </Section>
  );
}
