namespace Sampan.Client.Grpc;

/// <summary>A gRPC call that ended with a status other than OK.</summary>
public sealed class RpcException : Exception
{
    public RpcException(GrpcStatusCode code, string detail, Exception? inner = null)
        : base($"rpc error: code = {code} desc = {detail}", inner)
    {
        Code = code;
        Detail = detail;
    }

    public GrpcStatusCode Code { get; }

    /// <summary>The server's own words, without the code.</summary>
    public string Detail { get; }
}
