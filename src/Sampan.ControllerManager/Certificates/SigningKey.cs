namespace Sampan.ControllerManager.Certificates;

/// <summary>The authority that signs for one signer name: PEM of its certificate and key.</summary>
public sealed record SigningKey(string CertificatePem, string KeyPem);
