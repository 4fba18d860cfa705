using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Sampan.ApiServer.Authentication.X509;

/// <summary>The parts of a certificate's subject that name a user: its last common name, its organizations, its UID.</summary>
internal sealed record SubjectName(string CommonName, IReadOnlyList<string> Organizations, string Uid)
{
    private const string CommonNameOid = "2.5.4.3";
    private const string OrganizationOid = "2.5.4.10";
    private const string KubernetesUidOid = "1.3.6.1.4.1.57683.2";

    /// <summary>
    /// Reads a DER name; null when it is none. Go puts several organizations into one set, others write a set for each; both are read:
    /// SEQUENCE { SET { SEQUENCE { oid, value } … } … }.
    /// </summary>
    public static SubjectName? TryRead(ReadOnlyMemory<byte> der)
    {
        try
        {
            return Read(der);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static SubjectName Read(ReadOnlyMemory<byte> der)
    {
        var (commonName, uid) = ("", "");
        var organizations = new List<string>();
        var name = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        while (name.HasData)
        {
            var set = name.ReadSetOf(skipSortOrderValidation: true);
            while (set.HasData)
            {
                var pair = set.ReadSequence();
                var oid = pair.ReadObjectIdentifier();
                if (oid == CommonNameOid)
                    commonName = ReadText(pair);
                else if (oid == OrganizationOid)
                    organizations.Add(ReadText(pair));
                else if (oid == KubernetesUidOid)
                    uid = ReadText(pair);
            }
        }

        return new SubjectName(commonName, organizations, uid);
    }

    private static string ReadText(AsnReader reader)
    {
        var tag = reader.PeekTag();
        if (tag.TagClass != TagClass.Universal)
            throw new CryptographicException("the certificate's subject has a value that is not text");
        return reader.ReadCharacterString((UniversalTagNumber)tag.TagValue);
    }
}
