namespace Sampan.Proxy.Configuration;

/// <summary>The names that the detectLocalMode needs: of the pods' bridge, or the beginning of their interfaces' names.</summary>
public sealed record DetectLocalConfiguration
{
    public string BridgeInterface { get; set; } = "";

    public string InterfaceNamePrefix { get; set; } = "";
}
