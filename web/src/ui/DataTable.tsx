import { SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover, Table, type TableProps } from 'antd';
import { useInfiniteQuery, type UseInfiniteQueryOptions } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { RequestFailed } from '@/api';
import { Empty, Failed, Loading } from './States';
import { useUiText } from './own-texts';
import { useRemembered } from './remember';
import { usePhone } from './screen';

export interface Column<T> {
  key: string;
  title: string;
  render: (row: T) => ReactNode;
  width?: number;
  align?: 'left' | 'right' | 'center';
  /** Not shown until the reader chooses it. */
  hidden?: boolean;
  /** Always shown: what names the record. */
  fixed?: boolean;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the cache's own types of pages differ by operation
type PagesQuery = UseInfiniteQueryOptions<any, RequestFailed, any, any, any>;

interface DataTableProps<T> {
  /** Remembers the columns under this name. */
  name: string;
  /** From `readPages`. */
  query: PagesQuery;
  columns: Column<T>[];
  rowKey: (row: T) => string;
  /** What a row is on a phone. */
  card: (row: T) => ReactNode;
  empty?: ReactNode;
  onRow?: (row: T) => void;
  selection?: { keys: string[]; onChange: (keys: string[], rows: T[]) => void };
  /** The row that the keyboard is on. */
  current?: string | undefined;
  rowClass?: (row: T) => string;
  /** Tells the rows that are there, e.g. for j and k. */
  onRows?: (rows: T[]) => void;
  /** Left of the column choice. */
  tools?: ReactNode;
}

/** Loads by itself up to so many rows; then the reader asks for more. */
const bySelf = 400;

/** A list of any length, page by page; cards on a phone. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { name, query, columns, onRows, empty } = props;
  const t = useUiText();
  const phone = usePhone();
  const found = useInfiniteQuery(query);
  const rows = useMemo(() => ((found.data?.pages ?? []) as { items: T[] }[]).flatMap((page) => page.items), [found.data]);
  const [chosen, choose] = useRemembered<string[] | null>(`columns.${name}`, null);
  useEffect(() => {
    onRows?.(rows);
  }, [rows, onRows]);

  if (found.error && rows.length === 0) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.isPending) return <Loading rows={8} />;
  if (rows.length === 0) return <>{empty ?? <Empty />}</>;

  const shown = columns.filter((c) => c.fixed || (chosen ? chosen.includes(c.key) : !c.hidden));
  return (
    <div className="hf-table" data-stale={found.isPlaceholderData || undefined}>
      {phone ? <Cards {...props} rows={rows} /> : <Rows {...props} rows={rows} shown={shown} />}
      {found.hasNextPage && rows.length < bySelf && <End busy={found.isFetchingNextPage} seen={() => void found.fetchNextPage()} />}
      <div className="hf-table-foot">
        <span className="hf-quiet">{t(found.hasNextPage ? 'someShown' : 'allShown', { count: rows.length })}</span>
        {found.hasNextPage && <Button size="small" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t('more')}</Button>}
        <span className="hf-grow" />
        {props.tools}
        {!phone && <ColumnChoice columns={columns} shown={shown.map((c) => c.key)} choose={choose} />}
      </div>
      {found.error && <Failed error={found.error} retry={() => void found.fetchNextPage()} />}
    </div>
  );
}

function Rows<T extends object>({ rows, shown, rowKey, onRow, selection, current, rowClass }: DataTableProps<T> & { rows: T[]; shown: Column<T>[] }) {
  const select: TableProps<T>['rowSelection'] = selection && {
    selectedRowKeys: selection.keys,
    onChange: (keys, picked) => selection.onChange(keys.map(String), picked),
    columnWidth: 40,
  };
  return (
    <Table<T>
      size="small"
      rowKey={rowKey}
      dataSource={rows}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={shown.map((c) => ({ key: c.key, title: c.title, align: c.align ?? 'left', render: (_: unknown, row: T) => c.render(row), ...(c.width ? { width: c.width } : {}) }))}
      {...(select ? { rowSelection: select } : {})}
      rowClassName={(row) => [rowKey(row) === current ? 'hf-row-current' : '', onRow ? 'hf-row-link' : '', rowClass?.(row) ?? ''].join(' ')}
      onRow={(row) => ({
        'data-row': rowKey(row),
        ...(onRow && {
          onClick: (event) => {
            const on = event.target as HTMLElement;
            if (!on.closest('a, button, input, label') && !window.getSelection()?.toString()) onRow(row);
          },
        }),
      })}
    />
  );
}

function Cards<T extends object>({ rows, rowKey, card, onRow, current, rowClass }: DataTableProps<T> & { rows: T[] }) {
  return (
    <ul className="hf-cards">
      {rows.map((row) => (
        <li
          key={rowKey(row)}
          data-row={rowKey(row)}
          className={`${rowKey(row) === current ? 'hf-row-current' : ''} ${rowClass?.(row) ?? ''}`}
          onClick={(event) => {
            if (!(event.target as HTMLElement).closest('a, button, input, label')) onRow?.(row);
          }}
        >
          {card(row)}
        </li>
      ))}
    </ul>
  );
}

/** The end of the rows: tells when the reader comes near it. */
function End({ busy, seen }: { busy: boolean; seen: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const at = place.current;
    if (busy || !at) return;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) seen();
    }, { rootMargin: '300px' });
    watch.observe(at);
    return () => watch.disconnect();
  }, [busy, seen]);
  return <div ref={place} />;
}

function ColumnChoice<T>({ columns, shown, choose }: { columns: Column<T>[]; shown: string[]; choose: (keys: string[] | null) => void }) {
  const t = useUiText();
  const list = (
    <div className="hf-column-choice">
      {columns.filter((c) => !c.fixed).map((c) => (
        <Checkbox key={c.key} checked={shown.includes(c.key)} onChange={(e) => choose(e.target.checked ? [...shown, c.key] : shown.filter((k) => k !== c.key))}>
          {c.title}
        </Checkbox>
      ))}
      <Button size="small" type="link" onClick={() => choose(null)}>{t('columnsReset')}</Button>
    </div>
  );
  return (
    <Popover content={list} trigger="click" placement="topRight">
      <Button size="small" type="text" icon={<SettingOutlined />}>{t('columns')}</Button>
    </Popover>
  );
}
