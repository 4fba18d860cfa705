namespace Sampan.Scheduler.Configuration;

/// <summary>How an extender is trusted and convinced. Data (PEM, base64 in the file) wins over files.</summary>
public sealed class ExtenderTlsConfiguration
{
    public bool Insecure { get; set; }
    public string ServerName { get; set; } = "";
    public string CertFile { get; set; } = "";
    public string KeyFile { get; set; } = "";
    public string CaFile { get; set; } = "";
    public byte[]? CertData { get; set; }
    public byte[]? KeyData { get; set; }
    public byte[]? CaData { get; set; }
}
