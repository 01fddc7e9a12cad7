import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { read } from '@/api';
import { Loaded, useInLang } from '@/ui';
import { useText } from './texts';
import { useWhole } from './whole';

/** Why the follow-up exists, and why then and by whom. */
export function Why({ open, close }: { open: boolean; close: () => void }) {
  const t = useText();
  const inLang = useInLang();
  const { detail } = useWhole();
  const why = useQuery({ ...read('/api/v1/followups/{id}/explanation', { params: { path: { id: detail.id } } }), enabled: open });
  return (
    <Drawer open={open} onClose={close} title={t('why.title')} size={460}>
      <p className="hf-quiet">{t('why.intro')}</p>
      <Loaded query={why}>{(found) => <ol className="fu-why">{found.lines.map((line, i) => <li key={i}>{inLang(line)}</li>)}</ol>}</Loaded>
    </Drawer>
  );
}
