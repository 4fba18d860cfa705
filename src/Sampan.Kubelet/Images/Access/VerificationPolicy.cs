namespace Sampan.Kubelet.Images.Access;

/// <summary>Which present images a pod has to show logins for.</summary>
internal sealed record VerificationPolicy(string Name, IReadOnlyList<string> Allowed)
{
    public const string Never = "NeverVerify";
    public const string NeverPreloaded = "NeverVerifyPreloadedImages";
    public const string NeverAllowlisted = "NeverVerifyAllowlistedImages";
    public const string Always = "AlwaysVerify";

    public static readonly IReadOnlyList<string> Names = [Never, NeverPreloaded, NeverAllowlisted, Always];

    /// <param name="repository">The image's name in full, without tag and digest.</param>
    /// <param name="isPulledHere">Whether this kubelet, rather than somebody else, brought it to the node; what is on the list is for all either way.</param>
    public bool IsNeeded(string repository, bool isPulledHere) => Name switch
    {
        Never => false,
        NeverPreloaded => isPulledHere,
        NeverAllowlisted => !Allowed.Any(pattern => Fits(pattern, repository)),
        _ => true,
    };

    /// <summary>A name stands for itself; <c>registry.test/team/*</c> for all below it.</summary>
    private static bool Fits(string pattern, string repository) =>
        pattern.EndsWith("/*", StringComparison.Ordinal) ? repository.StartsWith(pattern[..^1], StringComparison.Ordinal) : ImageName.Repository(pattern) == repository;
}
