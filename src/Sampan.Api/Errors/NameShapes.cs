using System.Buffers;

namespace Sampan.Api;

/// <summary>The patterns behind <see cref="Names"/>, as plain scans.</summary>
internal static class NameShapes
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";
    private const string Letters = Lower + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create(Lower + Digits + "-");
    private static readonly SearchValues<char> QualifiedCharacters = SearchValues.Create(Letters + Digits + "-_.");
    private static readonly SearchValues<char> HeaderCharacters = SearchValues.Create(Letters + Digits + "-");

    public static bool IsLabel(ReadOnlySpan<char> value) =>
        value.Length > 0 && value[0] != '-' && value[^1] != '-' && !value.ContainsAnyExcept(LabelCharacters);

    public static bool IsSubdomain(ReadOnlySpan<char> value)
    {
        foreach (Range part in value.Split('.'))
        {
            if (!IsLabel(value[part]))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsQualified(ReadOnlySpan<char> value) =>
        value.Length > 0 && char.IsAsciiLetterOrDigit(value[0]) && char.IsAsciiLetterOrDigit(value[^1])
        && !value.ContainsAnyExcept(QualifiedCharacters);

    public static bool IsConfigMapKey(ReadOnlySpan<char> value) => value.Length > 0 && !value.ContainsAnyExcept(QualifiedCharacters);

    public static bool IsPortNameShaped(ReadOnlySpan<char> value) => value.Length > 0 && !value.ContainsAnyExcept(LabelCharacters);

    public static bool IsHttpHeaderName(ReadOnlySpan<char> value) => value.Length > 0 && !value.ContainsAnyExcept(HeaderCharacters);
}
