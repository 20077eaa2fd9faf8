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
    // ruleid: missing-csrf-protection
    #[Route('/parcels', methods: ['POST'])]
    public function add(Request $request, EntityManagerInterface $em): Response
    {
        $parcel = new Parcel($this->getUser(), $request->request->get('note'));
        $em->persist($parcel);
        $em->flush();
        return new Response();
    }

    // ok: missing-csrf-protection
    #[Route('/checked', methods: ['POST'])]
    public function addChecked(Request $request, EntityManagerInterface $em): Response
    {
        if (!$this->isCsrfTokenValid('add', $request->request->get('token'))) {
            throw $this->createAccessDeniedException();
        }
        $parcel = new Parcel($this->getUser(), $request->request->get('note'));
        $em->persist($parcel);
        $em->flush();
        return new Response();
    }

    // ok: missing-csrf-protection
    #[Route('/form', methods: ['POST'])]
    public function addByForm(Request $request, EntityManagerInterface $em): Response
    {
        $parcel = new Parcel($this->getUser(), '');
        $form = $this->createForm(ParcelType::class, $parcel);
        $form->handleRequest($request);
        if ($form->isSubmitted() && $form->isValid()) {
            $em->persist($parcel);
            $em->flush();
        }
        return new Response();
    }
}
