using System.Collections.ObjectModel;

namespace Sampan.Api;

/// <summary>Lets code walk optional lists and maps of the model without asking for null.</summary>
public static class OrEmptyExtensions
{
    public static IReadOnlyList<T> OrEmpty<T>(this List<T>? list) => list ?? (IReadOnlyList<T>)[];

    public static IReadOnlyDictionary<TKey, TValue> OrEmpty<TKey, TValue>(this Dictionary<TKey, TValue>? map)
        where TKey : notnull => map ?? (IReadOnlyDictionary<TKey, TValue>)ReadOnlyDictionary<TKey, TValue>.Empty;
}
