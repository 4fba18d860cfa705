namespace Sampan.Client.Features;

/// <summary>A feature that upstream's v1.36 can switch by its gate.</summary>
/// <param name="Name">As upstream's gate is named.</param>
/// <param name="Stage">ALPHA, BETA, DEPRECATED, or empty for what is generally available.</param>
/// <param name="Default">Whether it is on in a default cluster.</param>
/// <param name="IsLocked">Whether it can't be set to anything but its default.</param>
/// <param name="IsOn">Whether what it stands for is done here.</param>
public sealed record Feature(string Name, string Stage, bool Default, bool IsLocked, bool IsOn)
{
    public const string Beta = "BETA";
    public const string Alpha = "ALPHA";
    public const string Deprecated = "DEPRECATED";
    public const string Stable = "";
}
