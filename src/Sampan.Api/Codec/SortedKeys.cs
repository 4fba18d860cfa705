namespace Sampan.Api.Codec;

/// <summary>A map's keys in the order in which Go writes them; maps of none or one key cost no sorting.</summary>
internal static class SortedKeys
{
    public static string[] Of<T>(Dictionary<string, T> map)
    {
        string[] keys = new string[map.Count];
        map.Keys.CopyTo(keys, 0);
        Array.Sort(keys, StringComparer.Ordinal);
        return keys;
    }
}
