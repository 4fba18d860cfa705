using Google.Protobuf;

namespace Sampan.Client.Grpc;

/// <summary>One remote procedure: its path and how its answer is read.</summary>
public sealed record GrpcMethod<TRequest, TResponse>(string Service, string Name, MessageParser<TResponse> Parser)
    where TRequest : IMessage<TRequest>
    where TResponse : IMessage<TResponse>
{
    public string Path { get; } = $"/{Service}/{Name}";
}
