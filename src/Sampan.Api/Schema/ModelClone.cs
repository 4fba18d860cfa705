using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>Deep copies of the model's lists and maps.</summary>
internal static class ModelClone
{
    public static List<T>? List<T>(List<T>? list)
        where T : class, IApiType<T> => list?.ConvertAll(static item => item.DeepClone());

    public static List<string>? TextList(List<string>? list) => list is null ? null : [.. list];

    /// <summary>A list of immutable values.</summary>
    public static List<T>? ValueList<T>(List<T>? list)
        where T : struct => list is null ? null : [.. list];

    public static Dictionary<string, T>? Map<T>(Dictionary<string, T>? map)
        where T : class, IApiType<T>
    {
        if (map is null)
        {
            return null;
        }

        Dictionary<string, T> copy = new(map.Count, StringComparer.Ordinal);
        foreach ((string key, T value) in map)
        {
            copy.Add(key, value.DeepClone());
        }

        return copy;
    }

    public static Dictionary<string, string>? TextMap(Dictionary<string, string>? map) =>
        map is null ? null : new Dictionary<string, string>(map, StringComparer.Ordinal);

    /// <summary>A map of immutable values.</summary>
    public static Dictionary<string, T>? ValueMap<T>(Dictionary<string, T>? map)
        where T : struct => map is null ? null : new Dictionary<string, T>(map, StringComparer.Ordinal);

    public static Dictionary<string, byte[]>? BytesMap(Dictionary<string, byte[]>? map) =>
        map?.ToDictionary(p => p.Key, p => p.Value.AsSpan().ToArray(), StringComparer.Ordinal);

    public static Dictionary<string, List<string>>? TextListMap(Dictionary<string, List<string>>? map) =>
        map?.ToDictionary(p => p.Key, p => new List<string>(p.Value), StringComparer.Ordinal);

    public static byte[]? Bytes(byte[]? bytes) => bytes?.AsSpan().ToArray();
}
