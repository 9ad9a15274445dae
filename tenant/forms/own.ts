/** What a record has under a component's id, which may be the name of something that JavaScript gives to every object. */
export function own<T>(record: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(record, id) ? record[id] : undefined;
}
