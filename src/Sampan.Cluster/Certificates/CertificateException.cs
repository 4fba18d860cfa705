namespace Sampan.Cluster.Certificates;

/// <summary>The certificates on disk cannot be used; the message says which file and what to do.</summary>
public sealed class CertificateException : Exception
{
    public CertificateException()
    {
    }

    public CertificateException(string message)
        : base(message)
    {
    }

    public CertificateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
