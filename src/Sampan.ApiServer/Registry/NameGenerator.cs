namespace Sampan.ApiServer.Registry;

/// <summary>Names for metadata.generateName: the prefix and five letters that spell no words.</summary>
internal static class NameGenerator
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int SuffixLength = 5;
    private const int MaxPrefix = 63 - SuffixLength;

    public static string Generate(string prefix)
    {
        var kept = prefix.Length > MaxPrefix ? prefix[..MaxPrefix] : prefix;
        return kept + Suffix();
    }

    public static string Suffix() => Random.Shared.GetString(Alphabet, SuffixLength);
}
