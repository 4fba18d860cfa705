namespace Sampan.ApiServer.Http.Negotiation;

internal enum WireFormat
{
    Json,
    Yaml,
    Protobuf,
}
