import { Button, Progress, Select, Switch } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ownProblem, read, RequestFailed, upload, uploadLines, useStale, type Schema } from '@/api';
import { Failed, Field, Loading, Section, UnitPick, useFormat, useGo, useQueryState, useSay, useWord, WriteFailed } from '@/ui';
import { ColumnMeanings } from './ColumnMeanings';
import { Counts } from './Counts';
import { MappingTools } from './MappingTools';
import { Notes, Rows } from './Rows';
import { useText } from './texts';

type ImportPreview = Schema<'ImportPreview'>;
type Line = Schema<'ImportLine'>;

/** How the file is to be read. */
interface Reading {
  kind: string;
  unit: string;
  mapping: string;
  yaml: string;
  columns: Record<string, string>;
  backfill: boolean;
}

const fieldsOf = (r: Reading): Record<string, string> => ({
  kind: r.kind, unit: r.unit, backfill: r.backfill ? 'true' : '',
  ...(r.yaml ? { mapping_yaml: r.yaml } : { mapping: r.mapping }),
  columns: Object.keys(r.columns).length > 0 ? JSON.stringify(r.columns) : '',
});

/** What an import of the file would do; then does it. */
export function Preview({ file, drop }: { file: File; drop: () => void }) {
  const t = useText();
  const go = useGo();
  const say = useSay();
  const stale = useStale();
  const [query] = useQueryState();
  const [reading, setReading] = useState<Reading>({ kind: query.kind ?? '', unit: query.unit ?? '', mapping: '', yaml: '', columns: {}, backfill: false });
  const [progress, setProgress] = useState<Schema<'ImportProgress'>>();
  const [failed, setFailed] = useState<RequestFailed>();
  const running = useRef(false);
  const put = (change: Partial<Reading>) => setReading((now) => ({ ...now, ...change }));
  const preview = useQuery<ImportPreview, RequestFailed>({
    queryKey: ['import-preview', file.name, file.size, file.lastModified, reading],
    queryFn: ({ signal }) => upload<ImportPreview>('/api/v1/imports/preview', file, fieldsOf(reading), signal),
    placeholderData: (before) => before,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });

  const run = async () => {
    if (running.current) return;
    running.current = true;
    setFailed(undefined);
    setProgress({ rows: 0, fraction: 0, accepted: 0, known: 0, rejected: 0, skipped: 0 });
    let done: Schema<'Import'> | undefined;
    try {
      await uploadLines('/api/v1/imports', file, fieldsOf(reading), (value) => {
        const line = value as Line;
        if (line.progress) setProgress(line.progress);
        if (line.problem) throw new RequestFailed(line.problem);
        done = line.import ?? done;
      });
      if (!done) throw ownProblem('broken');
      void stale('/api/v1');
      say.done(t('success'));
      go(`/imports/${done.id}`);
    } catch (error) {
      setFailed(error instanceof RequestFailed ? error : ownProblem('unavailable'));
      setProgress(undefined);
    } finally {
      running.current = false;
    }
  };

  const found = preview.data;
  return (
    <>
      <Section title={file.name} extra={<Button disabled={Boolean(progress)} onClick={drop}>{t('other')}</Button>}>
        <Options reading={reading} put={put} recognised={reading.kind ? undefined : preview.data?.kind} />
      </Section>
      {!found && (preview.error ? <Failed error={preview.error} retry={() => void preview.refetch()} /> : <Section><p>{t('reading', { file: file.name })}</p><Loading /></Section>)}
      {found && (
        <>
          {preview.error && <WriteFailed error={preview.error} />}
          <Figures preview={found} />
          <Section>
            {progress ? <Going progress={progress} /> : (
              <div className="hf-actions">
                <Button type="primary" size="large" disabled={found.accepted === 0 || Boolean(preview.error)} loading={preview.isFetching} onClick={() => void run()}>{found.accepted === 0 ? t('nothing') : t('run', { count: found.accepted })}</Button>
              </div>
            )}
            <WriteFailed error={failed} />
          </Section>
          <Notes preview={found} />
          <ColumnMeanings preview={found} columns={reading.columns} change={(columns) => put({ columns })} />
          <Rows preview={found} />
          <MappingTools key={found.mapping} mapping={found.mapping} apply={(yaml) => put({ yaml, columns: {} })} />
        </>
      )}
    </>
  );
}

function Options({ reading, put, recognised }: { reading: Reading; put: (change: Partial<Reading>) => void; recognised: ImportPreview['kind'] | undefined }) {
  const t = useText();
  const saved = useQuery(read('/api/v1/mappings'));
  const names = (saved.data?.items ?? []).map((m) => ({ value: m.name, label: m.name }));
  const kinds = [{ value: '', label: t('guessed') }, ...(['events', 'contacts', 'assets', 'staff'] as const).map((k) => ({ value: k as string, label: t(`kinds.${k}`) }))];
  return (
    <div className="hf-import-options">
      <Field label={t('kind')} hint={recognised && t('kindFound', { kind: t(`kinds.${recognised}`) })}><Select value={reading.kind} options={kinds} onChange={(kind) => put({ kind, columns: {} })} /></Field>
      <Field label={t('unit')} hint={t('unitHint')} optional><UnitPick value={reading.unit} onChange={(unit) => put({ unit: unit ?? '' })} /></Field>
      <Field label={t('mapping')}><Select value={reading.mapping} options={[{ value: '', label: t('guessed') }, ...names]} onChange={(mapping) => put({ mapping, yaml: '', columns: {} })} /></Field>
      <Field label={t('backfill')} hint={t('backfillHint')}><Switch checked={reading.backfill} onChange={(backfill) => put({ backfill })} style={{ justifySelf: 'start' }} /></Field>
    </div>
  );
}

function Figures({ preview: p }: { preview: ImportPreview }) {
  const t = useText();
  const word = useWord();
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
  return (
    <>
      <Counts
        items={[
          { label: t('counts.rows'), value: p.rows },
          { label: t('counts.accepted'), value: p.accepted, shade: 'main' },
          { label: t('counts.skipped'), value: sum(p.skipped) },
          { label: t('counts.rejected'), value: sum(p.rejected), shade: 'bad' },
          { label: t('counts.known'), value: p.known },
          { label: t('counts.new_contacts', { word: word('contacts', t('contact')) }), value: p.new_contacts },
          { label: t('counts.new_assets', { word: word('assets', word('asset', t('asset'))) }), value: p.new_assets },
          ...(p.kind !== 'events' ? [{ label: t('counts.new_listed'), value: p.new_listed, shade: 'main' as const }, { label: t('counts.changed'), value: p.changed }] : []),
          { label: t('counts.planned'), value: p.planned, shade: 'main' },
          { label: t('counts.closed'), value: p.closed },
        ]}
      />
      {p.looked > 0 && p.looked < p.accepted && <p className="hf-quiet">{t('looked', { count: p.looked })}</p>}
    </>
  );
}

function Going({ progress }: { progress: Schema<'ImportProgress'> }) {
  const t = useText();
  const format = useFormat();
  return (
    <div role="status">
      <p><strong>{t('running')}</strong> <span className="hf-quiet">{t('ofRows', { count: progress.rows })} · {t('counts.accepted')} {format.number(progress.accepted)} · {t('counts.rejected')} {format.number(progress.rejected)}</span></p>
      <Progress percent={Math.min(99, Math.floor(progress.fraction * 100))} status="active" aria-label={t('running')} />
    </div>
  );
}
