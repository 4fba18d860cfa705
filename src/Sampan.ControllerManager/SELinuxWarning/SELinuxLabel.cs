using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.SELinuxWarning;

/// <summary>SELinux labels as pods state them: user:role:type:level, with parts left empty that only the node knows.</summary>
internal static class SELinuxLabel
{
    public static string Of(SELinuxOptions? options)
    {
        var label = $"{options?.User}:{options?.Role}:{options?.Type}:{options?.Level}";
        return label == ":::" ? "" : label;
    }

    /// <summary>Whether no node can make the same of both: a part that one of them leaves open differs from nothing.</summary>
    public static bool Conflict(string a, string b)
    {
        var (left, right) = (a.Split(':', 4), b.Split(':', 4));
        return left.Zip(right).Any(parts => parts.First.Length > 0 && parts.Second.Length > 0 && parts.First != parts.Second);
    }
}
