using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.Tests.Requests;

/// <summary>What authorization is asked about, by method, path and query.</summary>
public sealed class RequestInfoResolverTests
{
    /// <summary>The request; verb, namespace, resource, subresource and name.</summary>
    [Theory]
    [InlineData("GET /api/v1/namespaces", "list  namespaces  ")]
    [InlineData("GET /api/v1/namespaces/other", "get other namespaces  other")]
    [InlineData("GET /api/v1/namespaces/other/pods", "list other pods  ")]
    [InlineData("HEAD /api/v1/namespaces/other/pods/foo", "get other pods  foo")]
    [InlineData("HEAD /api/v1/pods", "list  pods  ")]
    [InlineData("GET /api/v1/watch/pods", "watch  pods  ")]
    [InlineData("GET /api/v1/pods?watch=true", "watch  pods  ")]
    [InlineData("GET /api/v1/pods?watch=false", "list  pods  ")]
    [InlineData("GET /api/v1/pods?watch=0", "list  pods  ")]
    [InlineData("GET /api/v1/watch/namespaces/other/pods", "watch other pods  ")]
    [InlineData("GET /api/v1/namespaces/other/pods/foo/status", "get other pods status foo")]
    [InlineData("GET /api/v1/namespaces/other/pods/foo/proxy/subpath", "get other pods proxy foo")]
    [InlineData("PUT /api/v1/namespaces/other/finalize", "update other namespaces finalize other")]
    [InlineData("PUT /api/v1/namespaces/other/status", "update other namespaces status other")]
    [InlineData("PATCH /api/v1/namespaces/other/pods/foo", "patch other pods  foo")]
    [InlineData("DELETE /api/v1/namespaces/other/pods/foo", "delete other pods  foo")]
    [InlineData("POST /api/v1/namespaces/other/pods", "create other pods  ")]
    [InlineData("DELETE /api/v1/nodes", "deletecollection  nodes  ")]
    [InlineData("DELETE /api/v1/namespaces/other/pods", "deletecollection other pods  ")]
    [InlineData("OPTIONS /api/v1/pods", "  pods  ")]
    public void Resolve_Resource_IsTheseParts(string request, string expected)
    {
        var info = Resolve(request);
        Assert.True(info.IsResourceRequest);
        Assert.Equal(expected, $"{info.Verb} {info.Namespace} {info.Resource} {info.Subresource} {info.Name}");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/")]
    [InlineData("/apis/apps")]
    [InlineData("/apis/apps/v1/")]
    [InlineData("/other/v1/pods")]
    public void Resolve_OtherPath_IsNoResource(string path)
    {
        var info = Resolve("GET " + path);
        Assert.False(info.IsResourceRequest);
        Assert.Equal(("get", path), (info.Verb, info.Path));
    }

    /// <summary>The query of things; verb, name and the selectors that authorization is told.</summary>
    [Theory]
    [InlineData("GET things?fieldSelector=metadata.name=name1", "list name1 metadata.name=name1 ")]
    [InlineData("GET things?watch=true&fieldSelector=metadata.name%3D%3Dname1,a=b", "watch name1 metadata.name==name1,a=b ")]
    [InlineData("GET things?fieldSelector=foo=bar&labelSelector=baz=qux", "list  foo=bar baz=qux")]
    [InlineData("GET things?fieldSelector=metadata.name!=name1", "list  metadata.name!=name1 ")]
    [InlineData("GET things?fieldSelector=metadata.name=a/b", "list  metadata.name=a/b ")]
    [InlineData("GET things?fieldSelector=metadata.name=name1,foo", "list  metadata.name=name1,foo ")]
    [InlineData("GET things?fieldSelector=metadata.name=name1,foo&watch=true", "watch  metadata.name=name1,foo ")]
    [InlineData("GET things?fieldSelector=metadata.name=foo&fieldSelector=metadata.name=bar&labelSelector=a=b&labelSelector=a=c", "list foo metadata.name=foo a=b")]
    [InlineData("GET things/name?fieldSelector=foo=bar&labelSelector=foo=bar", "get name  ")]
    [InlineData("GET watch/things?fieldSelector=metadata.name=foo&labelSelector=foo=bar", "watch   ")]
    [InlineData("GET watch/things/name?fieldSelector=metadata.name=foo", "watch name  ")]
    // A deletion of many is not restricted by names.
    [InlineData("DELETE things?fieldSelector=metadata.name=foo&labelSelector=baz=qux", "deletecollection  metadata.name=foo baz=qux")]
    public void Resolve_Selectors_NameWhatIsListed(string request, string expected)
    {
        var info = Resolve(request.Replace(" ", " /apis/example.com/v1/", StringComparison.Ordinal));
        Assert.Equal(expected, $"{info.Verb} {info.Name} {info.FieldSelector} {info.LabelSelector}");
    }

    private static RequestInfo Resolve(string request)
    {
        var (method, target) = (request.Split(' ')[0], request.Split(' ')[1].Split('?', 2));
        return RequestInfoResolver.Resolve(method, target[0], new QueryCollection(QueryHelpers.ParseQuery(target.ElementAtOrDefault(1) ?? "")));
    }
}
