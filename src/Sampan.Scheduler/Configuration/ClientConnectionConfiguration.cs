namespace Sampan.Scheduler.Configuration;

/// <summary>How the API server is reached.</summary>
public sealed class ClientConnectionConfiguration
{
    /// <summary>A path; empty: as a pod does, or the user's own kubeconfig.</summary>
    public string Kubeconfig { get; set; } = "";

    public string AcceptContentTypes { get; set; } = "";
    public string ContentType { get; set; } = "application/vnd.kubernetes.protobuf";

    /// <summary>Accepted for compatibility: the API server's flow control limits requests, the client does not.</summary>
    public double Qps { get; set; } = 50;

    /// <inheritdoc cref="Qps"/>
    public int Burst { get; set; } = 100;

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Burst < 0) errors.Invalid(path.Child("burst"), Burst, "must be non-negative");
    }
}
