import { useQuery } from '@tanstack/react-query';
import { read } from '@/api';

/** How many records wait for the reader's review. */
export function ReviewCount() {
  const found = useQuery(read('/api/v1/followups/work', {}));
  const { review = 0, most = 0 } = found.data ?? {};
  if (review === 0) return null;
  return <>{review >= most ? `${review}+` : review}</>;
}
