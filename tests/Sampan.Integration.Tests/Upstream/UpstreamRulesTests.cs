using Microsoft.AspNetCore.Http;

namespace Sampan.Integration.Tests.Upstream;

/// <summary>The front is as strict as it says.</summary>
public sealed class UpstreamRulesTests
{
    [Theory]
    [InlineData("GET", "/api/v1/pods?limit=1", "application/json", null)]
    [InlineData("GET", "/api/v1/pods?watch=true&resourceVersion=1&allowWatchBookmarks=true", "application/json", null)]
    [InlineData("GET", "/api/v1/pods?watch=true&sendInitialEvents=true", "application/json", "has a parameter sendInitialEvents")]
    [InlineData("GET", "/api/v1/pods", "application/vnd.kubernetes.protobuf", "accepts application/vnd.kubernetes.protobuf")]
    [InlineData("GET", "/api/v1/pods?fieldSelector=spec.nodeName%3Da", "application/json", null)]
    [InlineData("GET", "/api/v1/configmaps?fieldSelector=data%3Da", "application/json", "selects by data")]
    [InlineData("GET", "/apis/resource.k8s.io/v1beta2/devicetaintrules", "application/json", "is not served by default")]
    [InlineData("GET", "/apis/certificates.k8s.io/v1beta1", "application/json", null)]
    [InlineData("DELETE", "/api/v1/namespaces", "application/json", "cannot be asked to deletecollection")]
    [InlineData("PUT", "/api/v1/namespaces/team/finalize", "application/json", null)]
    [InlineData("POST", "/api/v1/namespaces/team/pods/a/eviction", "application/json", null)]
    [InlineData("GET", "/apis/apps/v1/namespaces/team/deployments/web/scale", "application/json", null)]
    public void Problem_OfARequest_IsWhatUpstreamWouldNotUnderstand(string method, string address, string accept, string? problem)
    {
        var http = new DefaultHttpContext();
        (http.Request.Method, http.Request.Headers.Accept) = (method, accept);
        var parts = address.Split('?');
        http.Request.Path = parts[0];
        if (parts.Length > 1) http.Request.QueryString = new QueryString("?" + parts[1]);
        Assert.Equal(problem, UpstreamRules.Problem(http.Request, UpstreamPath.Of(http.Request)));
        http.Request.Headers["X-Other"] = "1";
        Assert.NotNull(UpstreamRules.Problem(http.Request, UpstreamPath.Of(http.Request)));
    }
}
