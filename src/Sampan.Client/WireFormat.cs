namespace Sampan.Client;

/// <summary>How typed objects travel over HTTP.</summary>
public enum WireFormat
{
    Json,
    Protobuf,
}
