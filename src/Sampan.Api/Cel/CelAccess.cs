using System.Globalization;

namespace Sampan.Api.Cel;

/// <summary>Looks things up in maps and lists.</summary>
internal static class CelAccess
{
    public static object? Get(object? target, object key, bool isOptional)
    {
        if (target is CelOptional optional) return optional.HasValue ? Get(optional.Value, key, isOptional: true) : CelOptional.None;
        var isThere = TryGet(target, key, out var value);
        if (isOptional) return isThere ? CelOptional.Of(value) : CelOptional.None;
        return isThere ? value : throw Missing(target, key);
    }

    private static bool TryGet(object? target, object key, out object? value)
    {
        value = null;
        if (target is ICelMap map) return map.TryGet(key, out value);
        if (target is not IReadOnlyList<object?> list) throw CelException.NoSuchOverload(key is string ? $"select {key}" : "_[_]");
        var index = key switch
        {
            long number => number,
            ulong number when number <= long.MaxValue => (long)number,
            double real when real == Math.Floor(real) => (long)real,
            _ => throw CelException.NoSuchOverload("_[_]"),
        };
        if (index < 0 || index >= list.Count) return false;
        value = list[(int)index];
        return true;
    }

    private static CelException Missing(object? target, object key) => target is ICelMap
        ? new CelException(string.Create(CultureInfo.InvariantCulture, $"no such key: {key}"))
        : new CelException(string.Create(CultureInfo.InvariantCulture, $"index out of bounds: {key}"));
}
