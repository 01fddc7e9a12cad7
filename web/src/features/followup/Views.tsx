import { DeleteOutlined, StarOutlined } from '@ant-design/icons';
import { Button, Form, Input, Popover } from 'antd';
import { useState } from 'react';
import { Dialog, parseQuery, usePhone, useQueryState, writeQuery } from '@/ui';
import { useText } from './texts';
import { useSavedViews } from './saved-views';

/** Filters kept under a name. */
export function Views({ list = 'today' }: { list?: string }) {
  const t = useText();
  const phone = usePhone();
  const [query, change] = useQueryState();
  const { views, save, remove, failed, pending } = useSavedViews(list);
  const [naming, name] = useState(false);
  const [open, setOpen] = useState(false);
  const here = writeQuery(query);
  const choose = (search: string) => {
    setOpen(false);
    change({ ...Object.fromEntries(Object.keys(query).map((key) => [key, undefined])), ...parseQuery(search) });
  };
  const content = (
    <div className="fu-views">
      {views.length === 0 && <p className="hf-quiet">{t('views.none')}</p>}
      {views.map((view) => (
        <div key={view.name} className="hf-row">
          <Button type={view.search === here ? 'primary' : 'text'} className="hf-grow fu-view" onClick={() => choose(view.search)}>{view.name}</Button>
          <Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label={t('views.remove', { name: view.name })} onClick={() => void remove(view.name)} />
        </div>
      ))}
      <Button block disabled={!here} onClick={() => { setOpen(false); name(true); }}>{t('views.save')}</Button>
    </div>
  );
  return (
    <>
      <Popover content={content} trigger="click" open={open} onOpenChange={setOpen} placement="bottomRight">
        <Button icon={<StarOutlined aria-hidden />} aria-label={t('views.open')}>{!phone && (views.find((view) => view.search === here)?.name ?? t('views.open'))}</Button>
      </Popover>
      <Dialog<{ name: string }> open={naming} title={t('views.save')} ok={t('views.saveOk')} submit={({ name: title }) => save(title.trim(), here)} pending={pending} failed={failed} close={() => name(false)} width={400}>
        <Form.Item name="name" label={t('views.name')} rules={[{ required: true, whitespace: true, message: t('views.need') }]}><Input maxLength={40} autoFocus /></Form.Item>
      </Dialog>
    </>
  );
}
