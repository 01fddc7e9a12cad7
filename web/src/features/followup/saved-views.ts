import { useMe } from '@/api';
import { useRemembered } from '@/ui';

export interface SavedView {
  name: string;
  search: string;
}

/** The reader's saved views of a list. */
export function useSavedViews(list: string) {
  const staff = useMe().staff?.id ?? '';
  const [views, keep] = useRemembered<SavedView[]>(`views.${list}.${staff}`, []);
  return {
    views,
    save: (name: string, search: string) => Promise.resolve(keep([...views.filter((view) => view.name !== name), { name, search }])),
    remove: (name: string) => Promise.resolve(keep(views.filter((view) => view.name !== name))),
  };
}
