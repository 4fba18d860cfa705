namespace Sampan.Kubelet.Certificates;

/// <summary>The cluster did not sign a certificate; the message says why, and what to do.</summary>
public sealed class CertificateOrderException(string message) : Exception(message);
