using Sampan.Api;
using Sampan.ApiServer.Http.Negotiation;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>What a body says that it is, held against the kind that a path takes.</summary>
internal static class BodyType
{
    private const string Scheme = "pkg/api/legacyscheme/scheme.go:30";
    private const string Suffix = "List";

    /// <summary>Of this one kind a version that is no longer served is still taken, for it says the same.</summary>
    private static readonly GroupVersionKind OldEviction = new("policy", "v1beta1", "Eviction");

    /// <summary>What is left out is what the path takes.</summary>
    public static GroupVersionKind Of(string apiVersion, string name, KindInfo kind)
    {
        var given = GroupVersionKind.FromApiVersion(apiVersion.Length > 0 ? apiVersion : kind.ApiVersion, name.Length > 0 ? name : kind.Kind);
        return given == OldEviction ? given with { Version = "v1" } : given;
    }

    /// <summary>Why an object of that type cannot become one of the kind, in the words of upstream's converter; null when it can.</summary>
    public static string? Complaint(GroupVersionKind given, KindInfo kind)
    {
        if (given == kind.GroupVersionKind)
        {
            return null;
        }
        var known = Kinds.Find(given);
        if (known is null && !IsList(given))
        {
            return $"no kind {GoText.Quote(given.Kind)} is registered for version {GoText.Quote(given.ApiVersion)} in scheme {GoText.Quote(Scheme)}";
        }
        var type = AnswerFormat.GoType(kind, kind.Kind);
        return known is not null && AnswerFormat.GoType(known, known.Kind) == type
            ? null
            : $"converting ({given.Version}.{given.Kind}) to ({type[1..]}): unknown conversion";
    }

    private static bool IsList(GroupVersionKind given) => given.Kind.EndsWith(Suffix, StringComparison.Ordinal)
        && (given is { Group: "", Version: "v1", Kind: Suffix } || Kinds.Find(given with { Kind = given.Kind[..^Suffix.Length] }) is not null);
}
