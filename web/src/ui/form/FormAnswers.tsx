import type { ReactNode } from 'react';
import { dash, useFormat } from '../format';
import { useUiText } from '../own-texts';
import { Facts } from '../Page';
import { useInLang } from '../texts';
import type { FileStore } from './Files';
import { Files } from './Files';
import type { SignatureValue } from './Signature';
import { isAnswer, visible, type Answers, type FormDefinition, type FormItem } from './visible';

interface FormAnswersProps {
  definition: Pick<FormDefinition, 'items'>;
  answers: Answers;
  files?: FileStore | undefined;
}

/** A filled-in form, to read. */
export function FormAnswers({ definition, answers, files }: FormAnswersProps) {
  const inLang = useInLang();
  const say = useAnswerText();
  const shown = visible(definition, answers).items.filter((item) => item.kind !== 'section');
  return <Facts items={shown.map((item) => ({ label: inLang(item.label), value: picture(item, answers[item.code], files) ?? say(item, answers[item.code]) }))} />;
}

function picture(item: FormItem, value: unknown, files: FileStore | undefined): ReactNode {
  if (!files || !isAnswer(value)) return undefined;
  if (item.kind === 'photo' || item.kind === 'file') return <Files id={item.code} label={item.code} photo={item.kind === 'photo'} value={value as string[]} most={0} files={files} disabled onChange={() => undefined} />;
  const image = item.kind === 'signature' ? (value as SignatureValue).image : undefined;
  return image ? <span className="hf-signed"><img src={files.url(image)} alt={(value as SignatureValue).name ?? ''} /></span> : undefined;
}

/** An answer in words. */
export function useAnswerText(): (item: FormItem, value: unknown) => string {
  const t = useUiText();
  const format = useFormat();
  const inLang = useInLang();
  const option = (item: FormItem, code: unknown) => inLang(item.options?.find((o) => o.code === code)?.label) || String(code);
  return (item, value) => {
    if (!isAnswer(value)) return dash;
    switch (item.kind) {
      case 'yesno':
        return inLang(item.options?.find((o) => o.code === (value ? 'yes' : 'no'))?.label) || t(value ? 'yes' : 'no');
      case 'choice':
        return option(item, value);
      case 'choices':
        return format.list((value as unknown[]).map((code) => option(item, code)));
      case 'date':
        return format.date(String(value));
      case 'number':
        return `${format.number(value as number)}${inLang(item.suffix)}`;
      case 'rating':
        return `${String(value)} / ${item.scale || 5}`;
      case 'nps':
        return `${String(value)} / 10`;
      case 'matrix':
        return (item.rows ?? []).filter((row) => isAnswer((value as Answers)[row.code])).map((row) => `${inLang(row.label)}: ${typeof (value as Answers)[row.code] === 'number' ? String((value as Answers)[row.code]) : option(item, (value as Answers)[row.code])}`).join('; ');
      case 'signature':
        return t('form.signedBy', { name: (value as SignatureValue).name ?? '' });
      case 'photo':
      case 'file':
        return format.number((value as unknown[]).length);
      default:
        return String(value);
    }
  };
}
