using System.Collections;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Objects in another form, each made when it is read.</summary>
internal sealed class MappedItems(IReadOnlyCollection<CachedObject> items, Func<CachedObject, CachedObject> map) : IReadOnlyCollection<CachedObject>
{
    public int Count => items.Count;

    public IEnumerator<CachedObject> GetEnumerator() => items.Select(map).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
