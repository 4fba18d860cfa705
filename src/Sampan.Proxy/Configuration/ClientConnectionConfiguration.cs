namespace Sampan.Proxy.Configuration;

/// <summary>How the API server is reached.</summary>
public sealed record ClientConnectionConfiguration
{
    /// <summary>A file; empty for the files of KUBECONFIG.</summary>
    public string Kubeconfig { get; set; } = "";

    public string AcceptContentTypes { get; set; } = "";

    public string ContentType { get; set; } = "";

    public double Qps { get; set; }

    public int Burst { get; set; }
}
