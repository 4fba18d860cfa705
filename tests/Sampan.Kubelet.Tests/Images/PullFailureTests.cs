using Sampan.Client.Grpc;
using Sampan.Kubelet.Images;

namespace Sampan.Kubelet.Tests.Images;

public sealed class PullFailureTests
{
    /// <summary>Upstream: TestEvalCRIPullErr.</summary>
    [Theory]
    [InlineData(GrpcStatusCode.Unknown, "authorization failed", "ErrImagePull", "authorization failed")]
    [InlineData(GrpcStatusCode.NotFound, "no such image", "ErrImagePull", "rpc error: code = NotFound desc = no such image")]
    [InlineData(GrpcStatusCode.Unknown, "RegistryUnavailable", "RegistryUnavailable", "image pull failed for web because the registry is unavailable")]
    [InlineData(GrpcStatusCode.Unknown, "RegistryUnavailable: try later", "RegistryUnavailable", "image pull failed for web because the registry is unavailable: try later")]
    [InlineData(GrpcStatusCode.Unknown, "SignatureValidationFailed: who?", "SignatureValidationFailed", "image pull failed for web because the signature validation failed: who?")]
    public void Of_WhatTheRuntimeSays_IsTold(GrpcStatusCode code, string detail, string reason, string message)
    {
        var failure = PullFailure.Of("web", new RpcException(code, detail));
        Assert.Equal((reason, message), (failure.Reason, failure.Message));
    }

    /// <summary>Upstream: errors of several credentials are an aggregate, which no known reason begins.</summary>
    [Theory]
    [InlineData("denied", "denied", "ErrImagePull", "denied")]
    [InlineData("denied", "expired", "ErrImagePull", "[denied, expired]")]
    [InlineData("RegistryUnavailable: later", "RegistryUnavailable: later", "RegistryUnavailable", "image pull failed for web because the registry is unavailable: later")]
    [InlineData("RegistryUnavailable: later", "denied", "ErrImagePull", "[RegistryUnavailable: later, denied]")]
    public void Join_FailuresOfSeveralCredentials_AreToldTogether(string first, string second, string reason, string message)
    {
        var failure = PullFailure.Of("web", PullFailure.Join([new(GrpcStatusCode.Unknown, first), new(GrpcStatusCode.Unknown, second)]));
        Assert.Equal((reason, message), (failure.Reason, failure.Message));
    }
}
