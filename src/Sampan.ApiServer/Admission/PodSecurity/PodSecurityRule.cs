namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>A level at a version of the standards; minor is <see cref="Latest"/> for the newest.</summary>
internal readonly record struct PodSecurityRule(PodSecurityLevel Level, int Minor)
{
    public const int Latest = int.MaxValue;

    public string LevelText => Level switch
    {
        PodSecurityLevel.Privileged => "privileged",
        PodSecurityLevel.Baseline => "baseline",
        _ => "restricted",
    };

    public string VersionText => Minor == Latest ? "latest" : $"v1.{Minor}";

    public override string ToString() => $"{LevelText}:{VersionText}";
}
