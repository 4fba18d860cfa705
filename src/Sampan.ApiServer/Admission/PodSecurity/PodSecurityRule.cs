namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>A level at a version of the standards; minor is <see cref="Latest"/> for the newest.</summary>
internal readonly record struct PodSecurityRule(PodSecurityLevel Level, int Minor)
{
    public const int Latest = int.MaxValue;

    public override string ToString() => $"{Level.ToString().ToLowerInvariant()}:{(Minor == Latest ? "latest" : $"v1.{Minor}")}";
}
