<?php

namespace App\Controller;

use App\Entity\Parcel;
use Doctrine\ORM\EntityManagerInterface;
use Symfony\Bundle\FrameworkBundle\Controller\AbstractController;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Routing\Attribute\Route;
use Symfony\Component\Security\Http\Attribute\IsGranted;

class ParcelController extends AbstractController
{
    #[IsGranted('IS_AUTHENTICATED_FULLY')]
    #[Route('/parcels/{id}', methods: ['DELETE'])]
    public function remove(int $id, EntityManagerInterface $em): Response
    {
        $parcel = $em->getRepository(Parcel::class)->find($id);
        // ruleid: missing-object-authorization
        $em->remove($parcel);
        $em->flush();
        return new Response();
    }

    #[IsGranted('IS_AUTHENTICATED_FULLY')]
    #[Route('/parcels/{id}/note', methods: ['DELETE'])]
    public function removeOwn(int $id, EntityManagerInterface $em): Response
    {
        // ok: missing-object-authorization
        $parcel = $em->getRepository(Parcel::class)->findOneBy(['id' => $id, 'ownerId' => $this->getUser()->getId()]);
        $em->remove($parcel);
        $em->flush();
        return new Response();
    }
}
